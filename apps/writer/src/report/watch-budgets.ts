import { applicationOfAccount, type Budget, type BudgetState } from '@collection-sync/core';
import type { MeteredGraph } from '@collection-sync/graph';
import type { Metrics } from '@collection-sync/platform';

/** What is left of the quota of each application that writes, as all replicas share it. */
export const watchBudgets = (metrics: Metrics, budget: Budget, graph: MeteredGraph): void => {
  const watch = (name: string, help: string, valueOf: (state: BudgetState) => number): void => {
    metrics.sampled(`writer_budget_${name}`, help, ['tenant', 'application'], async (observe) => {
      for (const tenant of graph.tenants()) {
        for (const { account } of graph.writers(tenant)) {
          observe(valueOf(await budget.state(account)), { tenant, application: applicationOfAccount(account) });
        }
      }
    });
  };
  watch('writes', 'writes left in the bucket of an application in a tenant', ({ writes }) => writes);
  watch('units', 'resource units left in the bucket of an application in a tenant', ({ units }) => units);
  watch(
    'blocked_seconds',
    'for how long nothing may be sent to a tenant by an application after a 429',
    ({ blockedMs }) => blockedMs / 1_000,
  );
};
