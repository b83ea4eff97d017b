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
  metrics.sampled('status_targets', 'Synchronised groups by status word.', ['word'], async (observe) => {
    for (const { word, n } of await countTargets(database)) observe(n, { word });
  });
  metrics.sampled('status_members', 'Members by state and reason.', ['state', 'reason'], async (observe) => {
    for (const { state, reason, n } of await countMembers(database)) observe(n, { state, reason });
  });
  metrics.sampled(
    'status_oldest_check_seconds',
    'Age of the oldest last check among active mappings.',
    [],
    async (observe) => observe(await oldestCheckSeconds(database)),
  );
  metrics.sampled('status_open_plans', 'Held removal plans that wait for an operator.', [], async (observe) =>
    observe(await countOpenPlans(database)),
  );
  metrics.sampled('status_dead_letters_last_hour', 'Records dead-lettered in the last hour.', [], async (observe) =>
    observe(await countRecentDeadLetters(database)),
  );
  metrics.sampled(
    'status_upstream_ready',
    'Whether site and directories can be read.',
    ['kind', 'name'],
    async (observe) => {
      for (const { kind, name, ready } of await upstreamStates(database)) observe(ready ? 1 : 0, { kind, name });
    },
  );
};
