import { kafka } from '@collection-sync/bus';
import { entraTokens, graphTenants, meteredGraph } from '@collection-sync/graph';
import { defineService, listening } from '@collection-sync/platform';
import { postgres } from '@collection-sync/postgres';
import { redis } from '@collection-sync/redis';
import { SERVICE } from './context.js';
import { FollowDirectories } from './follow/follow-directories.js';
import { ResolverHandlers } from './handlers.js';
import { AnswerLookUps } from './look-up/answer-look-ups.js';
import { resolverMetrics } from './metrics.js';
import { ForwardMembership } from './resolve/forward-membership.js';
import { settings } from './settings.js';

const { budget: budgetOf, locks } = redis(entraTokens);
const budget = budgetOf(graphTenants);

/**
 * Turns the members of collections into directory objects.
 *
 *  1. Mappings say which tenants and kinds are needed                                  handlers.ts, follow/known-tenants.ts
 *  2. Each tenant and kind has a mirror with a loop of its own                         follow/follow-directories.ts
 *  3. One replica at a time reads what Graph lists, page by page, into the mirror      mirror/feed-mirror.ts, store/objects.ts
 *  4. With each page leaves who is to be resolved again: `directory-change`            mirror/announce-changes.ts
 *  5. A full pass that lost too much is doubted and repeated                           mirror/doubt-pass.ts
 *  6. What a tenant's mirrors are good for is reported: `upstream`                     report/
 *  7. A chunk about a collection becomes a chunk about each of its targets,
 *     resolved in one snapshot of the mirror: `membership-change`                      handlers.ts, resolve/forward-membership.ts
 *  8. The strongest identity that the site knows decides who a member is               resolve/judge-member.ts, core/identity-rule.ts
 *  9. What a person asks about one device or user is answered beside it                look-up/answer-look-ups.ts
 */
export const resolver = defineService({
  name: SERVICE,
  parts: {
    settings,
    database: postgres(entraTokens),
    graph: meteredGraph(budget),
    locks,
    bus: kafka(entraTokens),
    http: listening,
  },
  migrations: new URL('../migrations/', import.meta.url),
  metrics: resolverMetrics,
  handlers: [ResolverHandlers],
  providers: (context) => [
    { provide: FollowDirectories, useFactory: () => new FollowDirectories(context) },
    { provide: AnswerLookUps, useFactory: () => new AnswerLookUps(context) },
    { provide: ForwardMembership, useFactory: () => new ForwardMembership(context) },
  ],
  workers: (app) => [app.get(FollowDirectories), app.get(AnswerLookUps)],
});
