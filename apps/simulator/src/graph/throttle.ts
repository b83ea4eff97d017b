import type { Principal } from './graph-call.js';
import { GraphRefusal } from './graph-error.js';
import type { Simulation } from '../simulation.js';
import type { Cost } from '../quota/costs.js';
import type { Quotas } from '../quota/quotas.js';

export interface Throttle {
  refusal?: GraphRefusal;
  /** Headers of the answer when it is not refused. */
  headers: Record<string, string>;
}

/** Charges a request and says whether it is throttled, with the headers that Graph sends either way. */
export function throttle(
  sim: Simulation,
  quotas: Quotas,
  who: Principal,
  cost: Cost,
  priority: string | undefined,
): Throttle {
  const switches = sim.graph;
  const verdict = quotas.charge(who, cost, switches, sim.clock.now());
  const headers: Record<string, string> = {};
  if (switches.throttleHeaders) {
    headers['x-ms-resource-unit'] = String(cost.resourceUnits);
    if (verdict.used > 0.8) headers['x-ms-throttle-limit-percentage'] = Math.min(1.8, verdict.used).toFixed(2);
  }
  const low = switches.priorityShedding && priority?.toLowerCase() === 'low' && verdict.used > 0.9;
  const loaded = sim.random.chance(switches.loadThrottleRate);
  if (verdict.rejected) return { headers, refusal: tooMany(sim, headers, verdict.rejected) };
  if (low || loaded) {
    const scope = `Tenant_Application/ReadWrite/${who.appId}/${who.tenantId}`;
    return { headers, refusal: tooMany(sim, headers, { waitMs: 2000, scope, information: 'CPULimitExceeded' }) };
  }
  return { headers };
}

function tooMany(
  sim: Simulation,
  headers: Record<string, string>,
  rejected: { waitMs: number; scope: string; information: string },
): GraphRefusal {
  const switches = sim.graph;
  const answered: Record<string, string> = { ...headers };
  if (switches.throttleHeaders) {
    answered['x-ms-throttle-scope'] = rejected.scope;
    answered['x-ms-throttle-information'] = rejected.information;
  }
  const retryAfter = retryAfterText(sim, rejected.waitMs);
  if (retryAfter !== undefined) answered['Retry-After'] = retryAfter;
  return new GraphRefusal(429, 'TooManyRequests', 'Please retry again later.', answered);
}

/** In the caller's seconds: with scaled time they are shorter, and then decimal, so that counts stay the same. */
function retryAfterText(sim: Simulation, waitMs: number): string | undefined {
  const seconds = sim.clock.toCaller(waitMs) / 1000;
  const scaled = sim.clock.scale !== 1;
  switch (sim.graph.retryAfter) {
    case 'absent':
      return undefined;
    case 'date':
      return new Date(Date.now() + Math.max(1, Math.ceil(seconds)) * 1000).toUTCString();
    case 'decimal':
      return Math.max(0.001, seconds).toFixed(3);
    default:
      return scaled ? Math.max(0.001, seconds).toFixed(3) : String(Math.max(1, Math.ceil(seconds)));
  }
}
