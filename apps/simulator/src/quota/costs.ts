import type { GraphSwitches } from '../graph/graph-switches.js';

export interface Cost {
  resourceUnits: number;
  writes: number;
}

export interface CostSubject {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
}

/** Resource units and write units of a request. Source: learn.microsoft.com/graph/throttling-limits */
export function costOf(call: CostSubject, switches: GraphSwitches): Cost {
  if (call.method !== 'GET' && !/getByIds/i.test(call.path))
    return { resourceUnits: 1, writes: writesOf(call, switches) };
  return { resourceUnits: switches.ruCosts ? readUnits(call, switches) : 1, writes: 0 };
}

function readUnits(call: CostSubject, switches: GraphSwitches): number {
  const top = Number(call.query.get('$top') ?? Number.NaN);
  const adjusted =
    base(call.path, switches) -
    Number(call.query.has('$select')) * (/getByIds/i.test(call.path) ? 3 : 1) +
    Number(call.query.has('$expand')) -
    Number(top < 20);
  return Math.max(1, adjusted);
}

function base(path: string, switches: GraphSwitches): number {
  if (/\/delta(\(\))?$/.test(path)) return switches.deltaRu;
  if (/^\/groups\/[^/]+\/members/i.test(path)) return 3;
  if (/^\/groups\/[^/]+\/transitiveMembers/i.test(path)) return 5;
  if (/^\/users\/?$/i.test(path)) return 2;
  return /getByIds/i.test(path) ? 5 : 1;
}

function writesOf(call: CostSubject, switches: GraphSwitches): number {
  if (call.method !== 'PATCH' || switches.patchWriteCost === 1) return 1;
  const references = call.body.match(/directoryObjects\/|\/(?:users|devices)[/(]/gi)?.length ?? 1;
  return switches.patchWriteCost === 'n' ? Math.max(1, references) : Math.max(1, Math.ceil(references / 3));
}
