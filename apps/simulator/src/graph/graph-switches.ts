import { z } from 'zod';

const rate = z.number().min(0).max(1).default(0);
const ms = z.number().nonnegative().default(0);

/** How the Graph stand-in behaves; the defaults are those of a healthy tenant, except that quotas of the outer circles are off. */
export const graphSwitches = z.strictObject({
  /** Membership writes per application and tenant in 150 s; 0 is unlimited. */
  writeQuota: z.int().nonnegative().default(3000),
  tenantSize: z.enum(['L', 'M', 'S']).default('L'),
  quotaModel: z.enum(['token', 'window']).default('token'),
  outerQuotas: z.boolean().default(false),
  ruCosts: z.boolean().default(true),
  deltaRu: z.union([z.literal(1), z.literal(5)]).default(1),
  /** Write units of a PATCH with n references: 1, ⌈n/3⌉ or n. */
  patchWriteCost: z.union([z.literal(1), z.literal('third'), z.literal('n')]).default(1),
  chargeRejected: z.boolean().default(true),
  loadThrottleRate: rate,
  retryAfter: z.enum(['int', 'decimal', 'date', 'absent']).default('int'),
  throttleHeaders: z.boolean().default(true),
  priorityShedding: z.boolean().default(true),
  partOrder: z.enum(['shuffled', 'sent']).default('shuffled'),
  headerCase: z.enum(['mixed', 'lower', 'canonical']).default('mixed'),
  emptyBody: z.enum(['absent', 'null']).default('absent'),
  throttledBatch: z.union([z.literal(200), z.literal(424), z.literal(429)]).default(200),
  /** How often a whole `$batch` fails, with which status (0: no answer at all), and how much of its work was done. */
  outerFault: z
    .strictObject({
      status: z.int().min(0).max(599).default(503),
      rate,
      applied: z.enum(['none', 'some', 'all']).default('none'),
    })
    .default({ status: 503, rate: 0, applied: 'none' }),
  throttledApplied: rate,
  /** PATCHes of one group under way at once; beyond it they are answered with `groupPatchAnswer`. 0 is no limit. */
  groupPatchLimit: z.int().nonnegative().default(5),
  groupPatchAnswer: z.enum(['503', '409', 'mixed']).default('503'),
  conflictRate: rate,
  conflictRetryAfter: z.boolean().default(false),
  patchAtomic: z.boolean().default(true),
  /** Most members a group may have; 0 is no limit. */
  memberQuota: z.int().nonnegative().default(0),
  quotaFirst: z.boolean().default(true),
  notFoundNames: z.enum(['member', 'group']).default('member'),
  removeMissing: z.enum(['mixed', '404', '400']).default('mixed'),
  groupLagMs: ms,
  objectLagMs: ms,
  refGuard: z.enum(['real', 'trap']).default('real'),
  dynamicStatus: z.union([z.literal(403), z.literal(400)]).default(403),
  permissions: z.boolean().default(true),
  deviceAdd: z.enum(['ReadWrite', 'Read']).default('ReadWrite'),
  ownerWrites: z.boolean().default(false),
  consent: z.enum(['ok', '401', '403']).default('ok'),
  readLagMs: ms,
  indexLagMs: ms,
  hideServicePrincipals: z.boolean().default(true),
  maskTypes: z.boolean().default(true),
  pageTokenFault: z.boolean().default(false),
  /** How long the link of a next page is good, in simulated time; 0 is forever. */
  pageTokenMs: ms,
  /** Put an empty page before every n-th page of a listing; 0 is off. */
  emptyPages: z.int().nonnegative().default(0),
  /** Listings of members leave out every n-th member (0 is off), or show the first one again on each later page. */
  memberListing: z
    .strictObject({ omit: z.int().nonnegative().default(0), repeat: z.boolean().default(false) })
    .default({ omit: 0, repeat: false }),
  /** Whether a property without a value is shown as null, or not at all. */
  nullProperties: z.enum(['null', 'absent']).default('null'),
  getByIdsMissing: z.enum(['omit', 'error']).default('omit'),
  delta: z
    .strictObject({
      /** Leave out every n-th object of a first round; 0 is off. */
      omit: z.int().nonnegative().default(0),
      /** Repeat every n-th object in a later page; 0 is off. */
      replay: z.int().nonnegative().default(0),
      /** Every n-th object of a page comes without its id; 0 is off. */
      withoutId: z.int().nonnegative().default(0),
      /** Put an empty page before every n-th page; 0 is off. */
      emptyPages: z.int().nonnegative().default(0),
      expireDays: z.number().positive().default(7),
      /** How an expired token is refused. */
      expired: z.enum(['syncStateNotFound', 'generation', '410']).default('syncStateNotFound'),
      /** Tokens issued before this simulated moment (ms) ask for a full resynchronisation with 410. */
      resetBefore: z.number().nonnegative().default(0),
      lagMs: ms,
    })
    .default({
      omit: 0,
      replay: 0,
      withoutId: 0,
      emptyPages: 0,
      expireDays: 7,
      expired: 'syncStateNotFound',
      resetBefore: 0,
      lagMs: 0,
    }),
  cloud: z.enum(['global', 'usgov', 'dod', 'china', 'bleu', 'delos', 'govsg']).default('global'),
  errorText: z.enum(['exact', 'drift', 'object']).default('exact'),
  /** Time that every request takes, in milliseconds of simulated time. */
  latencyMs: ms,
  /** How many devices, users and groups one page of a delta holds. */
  deltaPageSize: z.int().positive().default(200),
  deltaMembers: z
    .strictObject({
      /** Members of groups on one page of a delta: those of a large group come in parts. */
      pageSize: z.int().positive().default(1_000),
      /** Whether a member that was deleted is told as removed: for good alone, as documented, or not at all. */
      deleted: z.enum(['documented', 'silent']).default('documented'),
      /** Whether a first round names former members, as removed. */
      former: z.boolean().default(false),
    })
    .default({ pageSize: 1_000, deleted: 'documented', former: false }),
});

export type GraphSwitches = z.output<typeof graphSwitches>;
