import { kafka } from '@collection-sync/bus';
import { adminService } from '@collection-sync/configmgr';
import type { MembershipSource, Part } from '@collection-sync/core';
import { entraTokens } from '@collection-sync/graph';
import { defineService, listening } from '@collection-sync/platform';
import { postgres } from '@collection-sync/postgres';
import { redis } from '@collection-sync/redis';
import { SERVICE } from './context.js';
import { CaptureHandlers } from './handlers.js';
import { captureMetrics } from './metrics.js';
import { watchCollections } from './notice/watch-collections.js';
import { settings } from './settings.js';
import { captureWorkers } from './workers.js';

/** Where collections come from; another source is another part here. */
const source: Part<MembershipSource> = adminService;

/**
 * capture turns what a source shows into versioned content, and sends it. Its flow:
 *
 * 1. `handlers.ts` stores what others publish: mappings (`map/adopt-mapping.ts`), commands, states of directories, changed identities, and
 *    what the writer answers (`confirm/receive-answer.ts`).
 * 2. `notice/notice-changes.ts` lists the collections each tick and requests a read of those that changed.
 * 3. `serve-collections.ts` claims collections with something due, reads them and sends what their targets lack.
 * 4. `read/read-collection.ts` reads one and proves the read complete; `read/commit-read.ts` gives what changed the next version.
 * 5. `identify/` keeps the identities of devices and users, and gives members whose identity changed the next version.
 * 6. `send/plan-transfers.ts` decides what each target gets, `send/send-content.ts` sends it in chunks.
 * 7. `command/` acts on operators' commands, and answers them when the read that they request is done.
 * 8. `look-up/answer-look-up.ts` answers questions about one device or user by what the site shows now.
 * 9. `maintain/run-maintenance.ts` keeps schedules, sends again what was not answered, publishes states again, and forgets.
 *
 * Each step is claimed from the database (`store/`), so any number of replicas may run it.
 */
export const capture = defineService({
  name: SERVICE,
  parts: {
    settings,
    // the first commit of a million members on a busy server takes minutes
    database: postgres(entraTokens, { max: 20, statementTimeoutMs: 600_000 }),
    locks: redis(entraTokens).locks,
    bus: kafka(entraTokens),
    source,
    http: listening,
  },
  migrations: new URL('../migrations/', import.meta.url),
  metrics: (metrics, { database }) => {
    watchCollections(metrics, database);
    return captureMetrics(metrics);
  },
  handlers: [CaptureHandlers],
  workers: (_, context) => [captureWorkers(context)],
});
