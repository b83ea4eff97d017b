import type { Metrics } from '@collection-sync/platform';
import type { Database } from '@collection-sync/postgres';
import {
  countMembers,
  countOpenPlans,
  countRecentDeadLetters,
  countTargets,
  oldestCheckSeconds,
  upstreamStates,
} from '../store/numbers.js';

/** The state of the whole installation as operators see it. Every replica tells the same, so take the maximum. */
export const watchInstallation = (metrics: Metrics, database: Database): void => {
  metrics.sampled('status_targets', 'Synchronised groups by status word.', ['word'], async (tell) => {
    for (const { word, n } of await countTargets(database)) tell(n, { word });
  });
  metrics.sampled('status_members', 'Members by state and reason.', ['state', 'reason'], async (tell) => {
    for (const { state, reason, n } of await countMembers(database)) tell(n, { state, reason });
  });
  metrics.sampled(
    'status_oldest_check_seconds',
    'Age of the oldest last check among active mappings.',
    [],
    async (tell) => tell(await oldestCheckSeconds(database)),
  );
  metrics.sampled('status_open_plans', 'Held removal plans that wait for an operator.', [], async (tell) =>
    tell(await countOpenPlans(database)),
  );
  metrics.sampled('status_dead_letters_last_hour', 'Records dead-lettered in the last hour.', [], async (tell) =>
    tell(await countRecentDeadLetters(database)),
  );
  metrics.sampled(
    'status_upstream_ready',
    'Whether site and directories can be read.',
    ['kind', 'name'],
    async (tell) => {
      for (const { kind, name, ready } of await upstreamStates(database)) tell(ready ? 1 : 0, { kind, name });
    },
  );
};
