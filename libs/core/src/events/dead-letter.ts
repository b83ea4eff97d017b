import { z } from 'zod';
import { CODE, HEADER, NAME, SENTENCES, freeText } from '../storable-text.js';

/** A record that could not be read or acted on. Key: as the source's. */
export const deadLetterEvent = z.object({
  topic: freeText(NAME),
  partition: z.number().int(),
  offset: freeText(CODE),
  key: freeText(SENTENCES),
  /** name of the consumer group that gave it up */
  consumer: freeText(NAME),
  code: freeText(CODE),
  why: freeText(SENTENCES),
  at: z.iso.datetime(),
  headers: z.record(freeText(SENTENCES), freeText(HEADER)),
  /** the body, base64, cut so that the copy fits */
  body: z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/),
  cut: z.boolean(),
});
export type DeadLetter = z.infer<typeof deadLetterEvent>;
