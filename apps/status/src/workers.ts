import { Loop, type LoopOptions, type Worker } from '@collection-sync/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { sealAuditLog } from './audit/seal-audit-log.js';
import { Commands } from './command/commands.js';
import type { StatusContext } from './context.js';
import { LiveFeed } from './live/live-feed.js';
import { requestReports, deleteOldRows, republishMappings } from './maintain/upkeep.js';
import { planRuns } from './watch/plan-runs.js';
import { watchGroups } from './watch/watch-groups.js';
import { watchPermissions } from './watch/watch-permissions.js';

const MINUTE_MS = 60_000;
/** tokens live an hour: a permission that was granted shows in the next one */
const PERMISSIONS_MS = 10 * MINUTE_MS;

/** What status does in the background; any number of replicas may do it. */
export const statusWorkers = (app: INestApplicationContext, context: StatusContext): readonly Worker[] => {
  const { settings, database, outbox, log, health } = context;
  const commands = app.get(Commands);
  const loop = (name: string, everyMs: number, tick: LoopOptions['tick']): Worker =>
    new Loop({ name, everyMs, tick, log, health });
  return [
    app.get(LiveFeed),
    loop('reports', settings.tickMs, () => requestReports(database, commands, settings)),
    loop('groups', settings.tickMs, (signal) => watchGroups(context, signal)),
    loop('permissions', PERMISSIONS_MS, () => watchPermissions(context)),
    loop('planned runs', settings.tickMs, () => planRuns(database, commands)),
    loop('republish', MINUTE_MS, () => republishMappings(database, outbox, settings)),
    loop('audit', settings.tickMs, () => sealAuditLog(database, outbox, log)),
    loop('retention', MINUTE_MS, () => deleteOldRows(database, settings)),
  ];
};
