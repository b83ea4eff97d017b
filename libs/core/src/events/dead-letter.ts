import { z } from 'zod';

/** A record that could not be read or acted on. Key: as the source's. */
export const deadLetterEvent = z.object({
  topic: z.string(),
  partition: z.number().int(),
  offset: z.string(),
  key: z.string(),
  /** name of the consumer group that gave it up */
  consumer: z.string(),
  code: z.string(),
  why: z.string(),
  at: z.iso.datetime(),
  headers: z.record(z.string(), z.string()),
  /** the body, base64, cut so that the copy fits */
  body: z.string(),
  cut: z.boolean(),
});
export type DeadLetter = z.infer<typeof deadLetterEvent>;
