import { matches, requiredValues, type Filter } from '../odata/filter.js';
import { matchesSearch } from '../odata/search.js';
import type { Simulation } from '../simulation.js';
import type { Kind } from '../world/directory.js';
import { checkedFilter } from './directory-filter.js';
import { isAdvanced, type GraphCall } from './graph-call.js';
import { graphJson, refuse } from './graph-error.js';
import { hasProperty, readProperty, selectOf, shapeOf } from './object-shape.js';
import { pageSize, type PageTokens } from './paging.js';
import type { Answer } from '../http/answer.js';

/** `GET /devices`, `/users`, `/groups`, `/servicePrincipals`: pages of 100 by default, 999 at most. */
export function listObjects(sim: Simulation, tokens: PageTokens, call: GraphCall, kind: Kind): Answer {
  const { world } = sim;
  const select = checkedSelect(call, kind);
  const filter = checkedFilter(sim, call, kind);
  checkOrder(call, filter, kind);
  const size = pageSize(call, 100, 999);
  const { state, retried } = tokens.read(call);
  const pause = tokens.pause(call, state);
  if (pause) return graphJson({ '@odata.context': context(call, kind), '@odata.nextLink': pause, value: [] });
  const sorted = call.query.has('$orderby');
  const rows = candidates(sim, kind, filter, sorted ? -1 : (state?.after ?? -1));
  const search = searchOf(call);
  const value: object[] = [];
  let last = -1;
  let position = -1;
  let more = false;
  for (const row of ordered(sim, call, rows)) {
    position += 1;
    if (sorted && position <= (state?.after ?? -1)) continue;
    if (!world.directory.alive(row) || !passes(sim, row, filter, search)) continue;
    if (value.length === size) {
      more = true;
      break;
    }
    value.push(shapeOf(world, row, select));
    last = sorted ? position : row;
  }
  const body: Record<string, unknown> = { '@odata.context': context(call, kind) };
  if (isAdvanced(call) && !state) body['@odata.count'] = countOf(sim, kind, filter, search);
  if (more) body['@odata.nextLink'] = tokens.link(call, { after: last, page: (state?.page ?? 1) + 1 }, retried);
  return { ...graphJson({ ...body, value }), note: { rows: value.length } };
}

/** `GET /devices/$count` and its siblings; needs the advanced-query header. */
export function countObjects(sim: Simulation, call: GraphCall, kind: Kind): Answer {
  if (call.headers['consistencylevel']?.toLowerCase() !== 'eventual')
    throw refuse.badRequest('$count is not currently supported.');
  const filter = checkedFilter(sim, call, kind);
  return {
    status: 200,
    headers: { 'content-type': 'text/plain' },
    body: String(countOf(sim, kind, filter, undefined)),
  };
}

function context(call: GraphCall, kind: Kind): string {
  const select = call.query.get('$select');
  return `${call.root}/${call.version}/$metadata#${kind}s${select ? `(${select})` : ''}`;
}

function checkedSelect(call: GraphCall, kind: Kind): string[] | undefined {
  for (const name of call.query.keys()) {
    if (name === '$skip') throw refuse.badRequest("'$skip' is not supported by the service.");
  }
  const select = selectOf(call.query);
  const unknown = select?.find((property) => !hasProperty(kind, property));
  if (unknown) {
    throw refuse.badRequest(
      `Could not find a property named '${unknown}' on type 'microsoft.graph.${kind}'.`,
      'BadRequest',
    );
  }
  return select;
}

function checkOrder(call: GraphCall, filter: Filter | undefined, kind: Kind): void {
  const order = call.query.get('$orderby');
  if (order === null) return;
  const property = order.split(/\s+/)[0]!;
  const sortable = property === 'displayName' || (kind === 'user' && property === 'userPrincipalName');
  if (!sortable || (filter && !isAdvanced(call))) throw refuse.unsupported('Sorting not supported for current query.');
}

/** The rows that can pass, ascending and after the last one sent, by index where the filter names a key. */
function candidates(sim: Simulation, kind: Kind, filter: Filter | undefined, after: number): Iterable<number> {
  const { directory } = sim.world;
  const keyed: [string, (value: string) => number][] = [
    ['id', (id) => directory.find(id)],
    ['deviceId', (id) => directory.findDevice(id)],
    ['userPrincipalName', (upn) => directory.findUser(upn)],
    ['onPremisesSecurityIdentifier', (sid) => directory.sids.find(sid) ?? -1],
  ];
  for (const [property, find] of keyed) {
    const values = requiredValues(filter, property);
    if (!values || values.includes(null)) continue;
    const rows = [...new Set(values.map((value) => find(String(value))))].filter((row) => row > after && row >= 0);
    return rows.filter((row) => directory.kindOf(row) === kind).sort((a, b) => a - b);
  }
  return rowsAfter(sim, kind, after);
}

function* rowsAfter(sim: Simulation, kind: Kind, after: number): Generator<number> {
  const rows = sim.world.directory.rowsOf(kind);
  for (let i = after < 0 ? 0 : rows.indexAfter(after); i < rows.size; i += 1) yield rows.at(i);
}

/** Sorted listings page by position in the sorted order, so they read all rows; they are for small sets of groups. */
function ordered(sim: Simulation, call: GraphCall, rows: Iterable<number>): Iterable<number> {
  const order = call.query.get('$orderby');
  if (order === null) return rows;
  const [property, direction] = order.split(/\s+/);
  const text = (row: number) => String(readProperty(sim.world, row, property!) ?? '').toLowerCase();
  const sorted = [...rows].sort((a, b) => (text(a) < text(b) ? -1 : 1));
  return direction === 'desc' ? sorted.reverse() : sorted;
}

function searchOf(call: GraphCall): string | undefined {
  const text = call.query.get('$search');
  if (text === null) return undefined;
  if (!isAdvanced(call) && call.headers['consistencylevel']?.toLowerCase() !== 'eventual') {
    throw refuse.badRequest(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  const [, property, clause] = /^"(\w+):((?:[^"\\]|\\.)*)"$/.exec(text.trim()) ?? [];
  if (clause === undefined) throw refuse.badRequest('Invalid search clause.', 'BadRequest');
  if (property !== 'displayName')
    throw refuse.unsupported(`This stand-in searches displayName only, not '${property}'.`);
  return clause.replaceAll(/\\(.)/g, '$1');
}

function passes(sim: Simulation, row: number, filter: Filter | undefined, search: string | undefined): boolean {
  if (search !== undefined && !matchesSearch(String(readProperty(sim.world, row, 'displayName') ?? ''), search))
    return false;
  return !filter || matches(filter, (property) => readProperty(sim.world, row, property));
}

function countOf(sim: Simulation, kind: Kind, filter: Filter | undefined, search: string | undefined): number {
  let n = 0;
  for (const row of candidates(sim, kind, filter, -1))
    n += Number(sim.world.directory.alive(row) && passes(sim, row, filter, search));
  return n;
}
