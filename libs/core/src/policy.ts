import { z } from 'zod';
import { CODE, SENTENCES, freeText } from './storable-text.js';

/** Limits of the removal guard of one mapping. A removal that would pass a limit is held as a plan. */
export const guardPolicy = z.object({
  /** removals in 24 hours, counted with what is pending */
  maxRemovals: z.number().int().nonnegative().default(500),
  /** share of the group, used when the group has at least `shareFrom` members; 1 for no limit */
  maxShare: z.number().min(0).max(1).default(0.25),
  shareFrom: z.number().int().positive().default(50),
  /** removals that leave none of the members of a group of at least this size are always held */
  neverEmptyFrom: z.number().int().positive().default(2),
  /** a held plan expires after this many hours */
  expiresAfterHours: z
    .number()
    .positive()
    .max(24 * 90)
    .default(72),
});

export const memberPolicy = z.enum(['fail', 'exclude']);

/** What becomes of a member whose directory object is disabled. */
export const disabledObjectsPolicy = z.enum(['keep', 'remove']);
export type DisabledObjects = z.infer<typeof disabledObjectsPolicy>;
/** What releases did that knew no such choice, and so what their records mean. */
export const DISABLED_BEFORE: DisabledObjects = 'remove';

/** Times of a clock in a time zone. */
export const cronTimes = z.object({ expression: freeText(SENTENCES).min(1), timeZone: freeText(CODE).default('UTC') });
export type CronTimes = z.infer<typeof cronTimes>;

export const policy = z.object({
  guard: guardPolicy.prefault({}),
  /** members without an Entra record: failed (shown as waiting), or left out of the status */
  withoutRecord: memberPolicy.default('fail'),
  /** members of another tenant: failed, or left out of the status */
  otherTenant: memberPolicy.default('fail'),
  /** members whose directory object is disabled: members like any other, or taken out of the group */
  disabledObjects: disabledObjectsPolicy.default('keep'),
  /** full runs at these times, whether or not anything changed: they put right what was changed in Entra; null for none */
  fullRuns: cronTimes.nullable().default(null),
  /** the group is compared with the ledger at these times, and nothing is changed; null for never */
  compareRuns: cronTimes.nullable().default(null),
});

/** When an unchanged collection is read again. A changed one is read at once, whatever this says. */
export const schedule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('interval'), seconds: z.number().int().min(30).max(86_400) }),
  z.object({ kind: z.literal('cron'), ...cronTimes.shape }),
  z.object({ kind: z.literal('manual') }),
]);

export type GuardPolicy = z.infer<typeof guardPolicy>;
export type Policy = z.infer<typeof policy>;
export type Schedule = z.infer<typeof schedule>;

export const DEFAULT_POLICY: Policy = policy.parse({});
export const DEFAULT_SCHEDULE: Schedule = { kind: 'interval', seconds: 300 };
