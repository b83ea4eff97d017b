import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError, type Budget } from '@collection-sync/core';

/** Waits for its turn in the quota of the tenant. Mirrors feed everybody, so they read in the fast lane. */
export const bookRead = async (budget: Budget, tenant: string, units: number, signal: AbortSignal): Promise<void> => {
  const ticket = randomUUID();
  for (;;) {
    const wait = await budget.ask(tenant, 'interactive', ticket, { writes: 0, units });
    if (wait === 0) return;
    try {
      await pause(wait, undefined, { signal });
    } catch {
      await budget.forget(tenant, 'interactive', ticket);
      throw signal.reason instanceof AppError
        ? signal.reason
        : new AppError('SHUTTING_DOWN', 'the wait for quota was given up');
    }
  }
};
