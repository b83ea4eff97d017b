import { z } from 'zod';
import { guid } from '../vocabulary.js';
import { NAME, SENTENCES, freeText } from '../storable-text.js';

/** Identities whose directory object appeared, changed or went. Key: tenant. resolver → capture. ≤ 1,000 a record. */
export const directoryChangeEvent = z.object({
  tenant: guid,
  at: z.iso.datetime(),
  identities: z.array(
    z.object({
      change: z.enum(['appeared', 'changed', 'gone']),
      deviceId: guid.optional(),
      userId: guid.optional(),
      sid: freeText(NAME).optional(),
      upn: freeText(SENTENCES).optional(),
    }),
  ),
});
export type DirectoryChange = z.infer<typeof directoryChangeEvent>;
