import { z } from 'zod';

/** A scripted fault: which requests it hits, how often, and what happens to them. Every condition given must hold. */
export const faultSpec = z.strictObject({
  id: z.string().optional(),
  face: z.enum(['graph', 'adminservice', 'oauth']),
  /** HTTP method, case-insensitive. */
  method: z.string().optional(),
  /** A regular expression on path and query below the face's root, such as `/members\\?` or `SMS_FullCollectionMembership`. */
  url: z.string().optional(),
  /** AdminService class. */
  class: z.string().optional(),
  /** AdminService: the collection that the filter, the key or the body names. Graph: the group. */
  collection: z.string().optional(),
  group: z.string().optional(),
  /** Page of a listing, from 1. */
  page: z.int().positive().optional(),
  /** Only parts of a batch (`part`), only whole requests (`outer`), or both. */
  level: z.enum(['part', 'outer']).optional(),
  /** Let this many matching requests pass first. */
  skip: z.int().nonnegative().default(0),
  /** Then hit this many; without it, all. */
  times: z.int().positive().optional(),
  probability: z.number().min(0).max(1).default(1),
  /** Answer with this error instead of the true answer. */
  status: z.int().min(100).max(599).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  /** Answer this late (milliseconds of simulated time). */
  delayMs: z.number().nonnegative().default(0),
  /** What happens to the bytes: connection reset, no answer ever, half a body, an HTML page. */
  wire: z.enum(['reset', 'hang', 'truncate', 'html']).optional(),
  /** How the answer to a batch tells the part: not at all, or twice. */
  told: z.enum(['omitted', 'twice']).optional(),
  /** A list answers as empty although it is not. */
  empty: z.boolean().default(false),
  /** The `value` property is missing from a list. */
  noValue: z.boolean().default(false),
  /** AdminService: rows of a list with these values get others, and lose properties. */
  rows: z
    .strictObject({
      where: z.record(z.string(), z.unknown()),
      set: z.record(z.string(), z.unknown()).default({}),
      omit: z.array(z.string()).default([]),
    })
    .optional(),
  /** Whether the work was done although the answer is an error or lost: all of it, the first half of a batch's parts, or none. */
  applied: z.enum(['none', 'some', 'all']).default('none'),
});

export type Fault = z.output<typeof faultSpec>;
export type FaultInput = z.input<typeof faultSpec>;

export interface FaultSubject {
  face: Fault['face'];
  method: string;
  url: string;
  class?: string;
  collection?: string;
  group?: string;
  page?: number;
  part?: boolean;
}
