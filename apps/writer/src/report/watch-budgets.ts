import type { Budget, BudgetState } from '@collection-sync/core';
import type { MeteredGraph } from '@collection-sync/graph';
import type { Metrics } from '@collection-sync/platform';

/** What is left of each tenant's quota, as all replicas share it. */
export const watchBudgets = (metrics: Metrics, budget: Budget, graph: MeteredGraph): void => {
  const watch = (name: string, help: string, valueOf: (state: BudgetState) => number): void => {
    metrics.sampled(`writer_budget_${name}`, help, ['tenant'], async (tell) => {
      for (const tenant of graph.tenants()) tell(valueOf(await budget.state(tenant)), { tenant });
    });
  };
  watch('writes', 'writes left in the bucket of a tenant', ({ writes }) => writes);
  watch('units', 'resource units left in the bucket of a tenant', ({ units }) => units);
  watch(
    'blocked_seconds',
    'for how long nothing may be sent to a tenant after a 429',
    ({ blockedMs }) => blockedMs / 1_000,
  );
};
