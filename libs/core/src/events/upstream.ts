import { z } from 'zod';
import { version } from '../vocabulary.js';
import { CODE, NAME, SENTENCES, freeText } from '../storable-text.js';

/** The name of a site that has not stated its code yet; its records are void once another site's are there. */
export const UNNAMED_SITE = 'unnamed';

/** State of something outside: the site, a tenant's directory mirror, a tenant's write budget. Key: `kind/name`. Compacted. */
export const upstreamEvent = z.object({
  kind: z.enum(['site', 'directory', 'budget']),
  /**
   * site code, or `unnamed` until the site has stated it; tenant id; of a budget also `tenant id/client id` for a further application,
   * `tenant id/*` for the tenant as a whole
   */
  name: freeText(NAME).min(1),
  state: z.enum(['loading', 'ready', 'unavailable']),
  /** an error code and a sentence, when unavailable or when something of it is left out */
  code: freeText(CODE).optional(),
  reason: freeText(SENTENCES).optional(),
  progress: z
    .object({
      done: z.number().int().nonnegative(),
      total: z.number().int().nonnegative().nullable(),
      unit: freeText(CODE),
    })
    .optional(),
  /** start of the present state; a directory that becomes ready anew has a new `since` */
  since: z.iso.datetime(),
  checkedAt: z.iso.datetime(),
  /** when it last worked; absent when it never did */
  lastSuccess: z.iso.datetime().optional(),
  /** of a site: the host that it is reached by */
  address: freeText(NAME).optional(),
  /** of a directory: what the site's ids of its devices (AADDeviceID) and users (AADUserID) were found to be */
  siteIds: z
    .object({
      devices: z.enum(['deviceId', 'objectId']).nullable(),
      users: z.enum(['objectId', 'unknown']).nullable(),
    })
    .optional(),
  /** numbers for operators; readers do without those that they miss */
  figures: z
    .record(freeText(CODE), z.number())
    .describe(
      'of a budget: `writes` left of at most `writeLimit`, which fill within `writeWindowMs`; `patchWeight`, the writes that one PATCH is booked with; `units` left; `blockedMs` and `throttled`, for 429s. Of a directory: `devices`, `users`. Of a site: `collections`',
    )
    .default({}),
  sequence: version,
});
export type Upstream = z.infer<typeof upstreamEvent>;

export const upstreamKey = (upstream: Pick<Upstream, 'kind' | 'name'>): string => `${upstream.kind}/${upstream.name}`;
