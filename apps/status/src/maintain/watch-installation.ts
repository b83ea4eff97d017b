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
  metrics.gauge('status_targets', 'Synchronised groups by status word.', ['word'], async (gauge) => {
    for (const { word, n } of await countTargets(database)) gauge.set({ word }, n);
  });
  metrics.gauge('status_members', 'Members by state and reason.', ['state', 'reason'], async (gauge) => {
    for (const { state, reason, n } of await countMembers(database)) gauge.set({ state, reason }, n);
  });
  metrics.gauge(
    'status_oldest_check_seconds',
    'Age of the oldest last check among active mappings.',
    [],
    async (gauge) => gauge.set(await oldestCheckSeconds(database)),
  );
  metrics.gauge('status_open_plans', 'Held removal plans that wait for an operator.', [], async (gauge) =>
    gauge.set(await countOpenPlans(database)),
  );
  metrics.gauge('status_dead_letters_last_hour', 'Records dead-lettered in the last hour.', [], async (gauge) =>
    gauge.set(await countRecentDeadLetters(database)),
  );
  metrics.gauge(
    'status_upstream_ready',
    'Whether site and directories can be read.',
    ['kind', 'name'],
    async (gauge) => {
      for (const { kind, name, ready } of await upstreamStates(database)) gauge.set({ kind, name }, ready ? 1 : 0);
    },
  );
};
