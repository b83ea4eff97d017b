import { matches, requiredValues } from '../odata/filter.js';
import type { Simulation } from '../simulation.js';
import type { Query } from './query.js';
import type { WmiClass } from './wmi-class.js';

/** The rows that a query answers, in its order, lazily where the order allows. */
export function* queriedRows<R>(
  sim: Simulation,
  wmi: WmiClass<R>,
  query: Query,
  skip: number,
  top: number,
): Generator<R> {
  let passed = 0;
  let sent = 0;
  for (const row of ordered(sim, wmi, query, filteredRows(wmi, query))) {
    if (sent >= top) return;
    passed += 1;
    if (passed <= skip) continue;
    sent += 1;
    yield row;
  }
}

export function* filteredRows<R>(wmi: WmiClass<R>, query: Query): Generator<R> {
  for (const row of wmi.scan(query.filter)) {
    if (!query.filter || matches(query.filter, (name) => wmi.properties[name]?.read(row))) yield row;
  }
}

function ordered<R>(sim: Simulation, wmi: WmiClass<R>, query: Query, rows: Generator<R>): Iterable<R> {
  if (query.orderBy.length === 0) {
    return sim.adminService['paging.unstableOrder'] ? sim.random.shuffle([...rows]) : rows;
  }
  if (isNatural(wmi, query)) return rows;
  const read = (row: R, name: string) => wmi.properties[name]!.read(row) as string | number;
  return [...rows].sort((a, b) => {
    for (const { property, descending } of query.orderBy) {
      const [x, y] = [read(a, property), read(b, property)];
      if (x !== y) return (x < y ? -1 : 1) * (descending ? -1 : 1);
    }
    return 0;
  });
}

/** Rows come in the order of their keys anyway; a fixed first key needs no mention. */
function isNatural<R>(wmi: WmiClass<R>, query: Query): boolean {
  if (query.orderBy.some((term) => term.descending)) return false;
  const sorted = query.orderBy.map((term) => term.property);
  const keys = wmi.keys;
  if (sorted.every((name, i) => name === keys[i])) return true;
  const firstFixed = requiredValues(query.filter, keys[0] ?? '')?.length === 1;
  return keys.length === 2 && firstFixed && sorted.length === 1 && sorted[0] === keys[1];
}
