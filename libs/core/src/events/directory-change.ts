import { z } from 'zod';
import { guid } from '../vocabulary.js';

/** Identities whose directory object appeared, changed or went. Key: tenant. resolver → capture. ≤ 1,000 a record. */
export const directoryChangeEvent = z.object({
  tenant: guid,
  at: z.iso.datetime(),
  identities: z.array(
    z.object({
      change: z.enum(['appeared', 'changed', 'gone']),
      deviceId: guid.optional(),
      userId: guid.optional(),
      sid: z.string().optional(),
      upn: z.string().optional(),
    }),
  ),
});
export type DirectoryChange = z.infer<typeof directoryChangeEvent>;
