import { z } from 'zod';

/** How the AdminService stand-in behaves; the defaults are those of a healthy site. Names are `<area>.<switch>`. */
export const adminServiceSwitches = z.strictObject({
  /** `none` is for work on a loopback only; a real site answers 401 to a request without a Kerberos (or bearer) token. */
  'auth.mode': z.enum(['none', 'negotiate', 'bearer']).default('none'),
  /** Off: a connection that has authenticated once stays so. A real site asks on every request. */
  'auth.everyRequest': z.boolean().default(true),
  /** Refuse every token, however valid it looks. */
  'auth.rejectToken': z.boolean().default(false),
  /** Offer NTLM in three legs bound to a connection as well. */
  'auth.ntlmLegs': z.boolean().default(false),
  /** Collections that the caller may not see. */
  'rbac.hideCollection': z.array(z.string()).default([]),
  /** Collections whose members the caller may not see: 200 with an empty list. */
  'rbac.hideMembers': z.array(z.string()).default([]),
  /** Collections of which only every second member is visible. */
  'rbac.hideSome': z.array(z.string()).default([]),
  /** Everything is 404 to the caller, who has no role, or 404 with the words of a provider whose WMI he may not ask. */
  'rbac.denied': z.enum(['no', 'noRole', 'noWmi']).default('no'),
  'paging.mode': z.enum(['none', 'skip', 'nextLink']).default('none'),
  'paging.pageSize': z.int().positive().default(1000),
  /** Silently cut lists at this many rows; 0 is off. */
  'paging.serverCap': z.int().nonnegative().default(0),
  /** Rows that come and go between `$skip` pages, so that plain skipping misses or repeats some. */
  'paging.drift': z.boolean().default(false),
  'paging.unstableOrder': z.boolean().default(false),
  /** The page (from 1) of every membership list that fails; 0 is off. */
  'paging.failPage': z.int().nonnegative().default(0),
  'paging.failWith': z.enum(['500', '503', 'reset']).default('500'),
  'fault.latency': z.number().nonnegative().default(0),
  'fault.timeout': z.boolean().default(false),
  'fault.truncatedBody': z.boolean().default(false),
  'fault.noValue': z.boolean().default(false),
  'fault.html': z.boolean().default(false),
  /** Requests in flight per client address; 0 is off. */
  'limit.perClientIp': z.int().nonnegative().default(200),
  'limit.answer': z.enum(['503', '429', 'reset']).default('503'),
  /** Forms of questions that the site refuses: `or`, `or` and backslashes in filters of strings, comparisons, comparisons of strings, an order. */
  'odata.refuse': z.array(z.enum(['or', 'stringOr', 'compare', 'stringCompare', 'orderby'])).default([]),
  'odata.refuseWith': z.enum(['404', '400', 'empty']).default('404'),
  'odata.classCase': z.enum(['strict', 'relaxed']).default('relaxed'),
  'odata.propertyCase': z.enum(['strict', 'relaxed']).default('relaxed'),
  /** Whether `SMS_CM_RES_COLL_<CollectionID>` can be read. */
  'odata.memberClass': z.boolean().default(false),
  'shape.keyedAsArray': z.boolean().default(true),
  'shape.systemFields': z.boolean().default(true),
  'shape.lazy': z.enum(['omit', 'null']).default('omit'),
  'shape.lazySelect': z.enum(['accept', 'reject']).default('accept'),
  'shape.idCasing': z.enum(['schema', 'ResourceID', 'ResourceId']).default('schema'),
  'shape.intFlags': z.boolean().default(true),
  'shape.nullIds': z.enum(['null', 'missing', 'empty', 'zero', 'mixed']).default('null'),
  /** Every n-th ResourceID has a null name; 0 is off. */
  'shape.nullNames': z.int().nonnegative().default(0),
  /** Entra ids in upper case. */
  'shape.upperIds': z.boolean().default(false),
  /** Entra ids in braces. */
  'shape.braces': z.boolean().default(false),
  /** Times have fractions of a second, without zeros at their end. */
  'shape.fractions': z.boolean().default(true),
  /** A list that selects no key of its class comes as a single row. */
  'shape.collapseWithoutKey': z.boolean().default(false),
  'shape.cloudSyncCount': z.boolean().default(true),
  'data.neverDates': z.boolean().default(true),
  /** How much MemberCount differs from the rows, by collection. */
  'data.staleCount': z.record(z.string(), z.int()).default({}),
  /** Members change, LastMemberChangeTime does not. */
  'data.timeNotMoved': z.boolean().default(false),
  /** Repeat every n-th row of member lists; 0 is off. */
  'data.duplicates': z.int().nonnegative().default(0),
  /** Milliseconds between a rule change and its evaluation. */
  'eval.delayMs': z.number().nonnegative().default(0),
  /** CurrentStatus shown for all collections; 1 is Ready. */
  'eval.status': z.int().min(0).max(8).default(1),
  /** A deleted collection: its row goes, its members linger. */
  'collection.deletedLinger': z.boolean().default(false),
  /** A central administration site: evaluation classes are empty, and members arrive this late. */
  'topology.cas': z.boolean().default(false),
  'topology.lagMs': z.number().nonnegative().default(60_000),
  /** How far the site's clock is ahead of ours, in milliseconds. */
  'clock.skew': z.number().default(0),
});

export type AdminServiceSwitches = z.output<typeof adminServiceSwitches>;
