import type { Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import type { Group } from '../world/group.js';
import { KINDS, type Kind } from '../world/directory.js';
import type { SortedSet } from '../world/sorted-set.js';
import { isAdvanced, type GraphCall } from './graph-call.js';
import { graphJson, refuse } from './graph-error.js';
import { ODATA_TYPE, readProperty, selectOf, shapeOf } from './object-shape.js';
import { pageSize, type PageTokens } from './paging.js';
import { mayRead, mustHave } from './permissions.js';
import { matches, parseFilter } from '../odata/filter.js';

/** `GET /groups/{id}/members`, its casts, `/$ref`, `/$count`, `transitiveMembers` and `owners`. */
export function listMembers(
  sim: Simulation,
  tokens: PageTokens,
  call: GraphCall,
  groupId: string,
  link: string,
  tail: string | undefined,
): Answer {
  const group = sim.world.directory.group(groupId);
  if (!group) throw refuse.notFound(groupId);
  mustHave(sim, call.principal, link === 'owners' ? 'listOwners' : 'listMembers');
  if (tail === '$count') return countMembers(sim, call, group, link);
  const cast = castOf(call, group, tail);
  checkAdvanced(call);
  const size = pageSize(call, 100, 999);
  const { state, retried } = tokens.read(call);
  const context = `${call.root}/${call.version}/$metadata#directoryObjects`;
  const pause = tokens.pause(call, state);
  if (pause) return graphJson({ '@odata.context': context, '@odata.nextLink': pause, value: [] });
  const asOf = state?.asOf ?? moment(sim, call);
  const view =
    link === 'owners' ? group.owners : link === 'members' ? group.membersAt(asOf) : transitive(sim, group, asOf);
  const show = row(sim, call, tail === '$ref');
  const { omit, repeat } = sim.graph.memberListing;
  const value: object[] = [];
  if (repeat && state) value.push(show(view.at(0)));
  let last = -1;
  let i = state ? view.indexAfter(state.after) : 0;
  for (; i < view.size && value.length < size; i += 1) {
    last = view.at(i);
    if (shown(sim, call, last, cast) && !(omit > 0 && (i + 1) % omit === 0)) value.push(show(last));
  }
  const body: Record<string, unknown> = { '@odata.context': context };
  if (isAdvanced(call) && !state) body['@odata.count'] = view.size;
  if (i < view.size)
    body['@odata.nextLink'] = tokens.link(call, { after: last, page: (state?.page ?? 1) + 1 }, retried);
  return { ...graphJson({ ...body, value }), note: { group: groupId, rows: value.length } };
}

/** App-only reads lag behind writes; the advanced index lags more. */
function moment(sim: Simulation, call: GraphCall): number {
  const indexed = isAdvanced(call) || call.headers['consistencylevel']?.toLowerCase() === 'eventual';
  return sim.clock.now() - (indexed ? Math.max(sim.graph.indexLagMs, sim.graph.readLagMs) : sim.graph.readLagMs);
}

function castOf(call: GraphCall, group: Group, tail: string | undefined): Kind | undefined {
  if (tail === undefined || tail === '$ref') return undefined;
  // the namespace has the alias `graph`, which official SDKs use
  const name = /^(?:microsoft\.)?graph\.(\w+)$/i.exec(tail)?.[1]?.toLowerCase();
  const kind = KINDS.find((candidate) => candidate.toLowerCase() === name);
  if (!kind) throw refuse.badRequest(`Resource not found for the segment '${tail}'.`, 'BadRequest');
  if (group.traits.groupTypes.includes('Unified') && kind !== 'user') {
    throw refuse.unsupported('The specified cast is not supported for members of a Unified group.');
  }
  if (!isAdvanced(call)) {
    throw refuse.unsupported('Request with OData cast query option needs the ConsistencyLevel header and $count.');
  }
  return kind;
}

function checkAdvanced(call: GraphCall): void {
  for (const option of ['$filter', '$search', '$orderby']) {
    if (call.query.has(option) && !isAdvanced(call)) {
      throw refuse.unsupported(`The query option '${option}' needs the ConsistencyLevel header and $count.`);
    }
  }
  if (call.query.has('$skip')) throw refuse.badRequest("'$skip' is not supported by the service.");
}

function countMembers(sim: Simulation, call: GraphCall, group: Group, link: string): Answer {
  if (call.headers['consistencylevel']?.toLowerCase() !== 'eventual')
    throw refuse.badRequest('$count is not currently supported.');
  const size = link === 'owners' ? group.owners.size : group.membersAt(moment(sim, call)).size;
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(size) };
}

/** v1.0 listings leave service principals out; those that the index answers, such as casts, show them. */
function shown(sim: Simulation, call: GraphCall, member: number, cast: Kind | undefined): boolean {
  const kind = sim.world.directory.kindOf(member);
  if (cast && kind !== cast) return false;
  const hidden = sim.graph.hideServicePrincipals && call.version === 'v1.0' && !isAdvanced(call);
  if (kind === 'servicePrincipal' && hidden) return false;
  const filter = call.query.get('$filter');
  return filter === null || matches(parseFilter(filter), (property) => readProperty(sim.world, member, property));
}

function row(sim: Simulation, call: GraphCall, reference: boolean): (member: number) => object {
  const { world } = sim;
  const select = selectOf(call.query);
  if (reference) {
    return (member) => ({
      '@odata.id': `${call.root}/${call.version}/directoryObjects/${world.directory.idOf(member)}`,
    });
  }
  const readable = new Map(KINDS.map((kind) => [kind, mayRead(sim, call.principal, kind)]));
  const onlyId = select?.length === 1 && select[0] === 'id';
  return (member) => {
    const kind = world.directory.kindOf(member);
    const head = { '@odata.type': ODATA_TYPE[kind], id: world.directory.idOf(member) };
    return onlyId || !readable.get(kind) ? head : { ...head, ...shapeOf(world, member, select) };
  };
}

function transitive(sim: Simulation, group: Group, asOf: number): SortedSet {
  const all = group.membersAt(asOf).copy();
  const open = [group];
  const seen = new Set([group.row]);
  for (let next = open.pop(); next; next = open.pop()) {
    for (const member of next.membersAt(asOf)) {
      const inner = sim.world.directory.groups.get(member);
      if (!inner || seen.has(member)) continue;
      seen.add(member);
      open.push(inner);
      all.addAll(inner.membersAt(asOf));
    }
  }
  return all;
}
