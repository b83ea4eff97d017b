import type { Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import { CHANGED } from '../world/change-log.js';
import type { Kind } from '../world/directory.js';
import type { GraphCall } from './graph-call.js';
import { graphJson, GraphRefusal, refuse } from './graph-error.js';
import { hasProperty, ODATA_TYPE, shapeOf } from './object-shape.js';
import { decode, encode } from './paging.js';

/** What a delta token or page token stands for. */
interface DeltaState {
  kind: string;
  life: string;
  /** Changes after this number are news; -1 asks for all objects first. */
  from: number;
  /** The round ends with changes up to this number. */
  to: number;
  /** The last row, or number of changes, that was sent in this round. */
  after: number;
  /** Of the next group some members were sent already, the last one with this row or number. */
  member?: number;
  page: number;
  /** The page before was an empty one. */
  pausing?: boolean;
  issued: number;
  select: string | null;
  filter: string | null;
}

const DAY = 86_400_000;

/** https://learn.microsoft.com/graph/api/group-delta */
const FILTERED = 50;

/** `GET /devices/delta`, `/users/delta`, `/groups/delta`. */
export function deltaOf(sim: Simulation, call: GraphCall, kind: Kind): Answer {
  const state = startOf(sim, call, kind);
  if (state instanceof GraphRefusal) throw state;
  const { emptyPages } = sim.graph.delta;
  if (emptyPages > 0 && state.page > 0 && state.page % emptyPages === 0 && !state.pausing) {
    return page(sim, call, { ...state, pausing: true }, [], false);
  }
  return state.from < 0 ? firstRound(sim, call, kind, state) : laterRound(sim, call, kind, state);
}

function startOf(sim: Simulation, call: GraphCall, kind: Kind): DeltaState | GraphRefusal {
  const visible = sim.world.directory.changes.sequenceAt(sim.clock.now() - sim.graph.delta.lagMs);
  const token = call.query.get('$skiptoken') ?? call.query.get('$deltatoken');
  if (token === null || token === '' || token === 'latest') {
    for (const option of ['$top', '$orderby', '$expand', '$search', '$skip', '$count']) {
      if (call.query.has(option))
        return refuse.badRequest(`The query option '${option}' is not supported by delta queries.`);
    }
    const select = call.query.get('$select');
    const unknown = select
      ?.split(',')
      .find((name) => !hasProperty(kind, name) && !(kind === 'group' && name === 'members'));
    if (unknown)
      return refuse.badRequest(
        `Could not find a property named '${unknown}' on type 'microsoft.graph.${kind}'.`,
        'BadRequest',
      );
    const fresh = {
      kind,
      life: sim.world.life,
      to: visible,
      after: -1,
      page: 0,
      issued: sim.clock.now(),
      select,
      filter: call.query.get('$filter'),
    };
    return token === 'latest' ? { ...fresh, from: visible } : { ...fresh, from: -1 };
  }
  const state = decode<DeltaState>(token);
  if (state?.kind !== kind) return refuse.badRequest('The delta token is invalid.', 'syncStateInvalid');
  const stale = staleness(sim, call, state);
  if (stale) return stale;
  if (call.query.has('$skiptoken')) return state;
  return { ...state, from: state.to, to: Math.max(state.to, visible), after: -1, page: 0 };
}

function staleness(sim: Simulation, call: GraphCall, state: DeltaState): GraphRefusal | undefined {
  const { expireDays, expired, resetBefore } = sim.graph.delta;
  const restart = `${call.root}/${call.version}${call.path}?$deltatoken=`;
  const gone = () =>
    new GraphRefusal(410, 'resyncRequired', "Resync required. Replace any local items with the server's version.", {
      Location: restart,
    });
  if (state.life !== sim.world.life || state.issued < resetBefore) return gone();
  if (sim.clock.now() - state.issued <= expireDays * DAY) return undefined;
  if (expired === '410') return gone();
  return expired === 'generation'
    ? refuse.badRequest('The sync state generation is not found; continuous discovery is needed.')
    : refuse.badRequest('Sync state was not found. Please restart the synchronization.', 'syncStateNotFound');
}

/** All objects that are there now, page by page. */
function firstRound(sim: Simulation, call: GraphCall, kind: Kind, state: DeltaState): Answer {
  const { directory } = sim.world;
  const rows = directory.rowsOf(kind);
  const size = sim.graph.deltaPageSize;
  const only = filteredRows(sim, state);
  const { omit } = sim.graph.delta;
  const value: object[] = [];
  let i = state.after < 0 ? 0 : rows.indexAfter(state.after);
  let last = state.after;
  let { member } = state;
  let room = sim.graph.deltaMembers.pageSize;
  for (; i < rows.size && value.length < size && room > 0; i += 1) {
    const row = rows.at(i);
    const omitted = omit > 0 && (i + 1) % omit === 0;
    if (directory.alive(row) && !omitted && (!only || only.includes(row))) {
      const part = shown(sim, kind, row, state, { after: member, room });
      value.push(part.shape);
      room -= part.members;
      member = part.member;
      if (member !== undefined) break;
    }
    last = row;
  }
  replay(sim, state, value, kind);
  const next = { ...state, after: last, member, page: state.page + 1, pausing: false };
  return page(sim, call, next, value, i >= rows.size);
}

/** What changed since the token, page by page; order is not promised. */
function laterRound(sim: Simulation, call: GraphCall, kind: Kind, state: DeltaState): Answer {
  const { directory } = sim.world;
  const only = filteredRows(sim, state);
  const tracked = trackedBits(state.select);
  const news = directory.changes
    .between(state.from, state.to)
    .filter(
      ({ row, what }) => directory.kindOf(row) === kind && (what & tracked) !== 0 && (!only || only.includes(row)),
    );
  const size = sim.graph.deltaPageSize;
  const minimal = /\breturn=minimal\b/i.test(call.headers['prefer'] ?? '');
  const value: object[] = [];
  let i = state.after + 1;
  let { member } = state;
  let room = sim.graph.deltaMembers.pageSize;
  for (; i < news.length && value.length < size && room > 0; i += 1) {
    const { row, what } = news[i]!;
    const shownOf = minimal ? { ...state, select: changedOf(state.select, what) } : state;
    const part = shown(sim, kind, row, shownOf, { after: member, room });
    value.push(part.shape);
    room -= part.members;
    member = part.member;
    if (member !== undefined) break;
  }
  replay(sim, state, value, kind);
  const next = { ...state, after: i - 1, member, page: state.page + 1, pausing: false };
  return page(sim, call, next, value, i >= news.length);
}

/** With `Prefer: return=minimal` a change tells what changed alone. https://learn.microsoft.com/graph/delta-query-overview */
function changedOf(select: string | null, what: number): string | null {
  if ((what & CHANGED.created) !== 0 || select === null) return select;
  return select
    .split(',')
    .filter((name) => (trackedBits(name) & ~LIFE & what) !== 0)
    .join(',');
}

const LIFE = CHANGED.created | CHANGED.deleted;

/** `$select` restricts what is tracked; appearing and vanishing always count. */
function trackedBits(select: string | null): number {
  if (select === null) return ~0;
  let bits: number = CHANGED.created | CHANGED.deleted;
  for (const name of select.split(',')) {
    if (name === 'displayName') bits |= CHANGED.name;
    else if (name === 'accountEnabled') bits |= CHANGED.enabled;
    else if (name === 'members') bits |= CHANGED.members;
    else if (/^(deviceId|onPremises|userPrincipalName|mail)/.test(name)) bits |= CHANGED.identity;
    else if (name !== 'id') bits |= CHANGED.other;
  }
  return bits;
}

function filteredRows(sim: Simulation, state: DeltaState): number[] | undefined {
  if (state.filter === null) return undefined;
  const ids = [...state.filter.matchAll(/id eq '([^']+)'/g)].map((match) => match[1]!);
  const rest = state.filter.replaceAll(/id eq '[^']+'|\bor\b|[()\s]/g, '');
  if (ids.length === 0 || rest !== '') throw refuse.badRequest('Only filters by id are supported by delta queries.');
  if (ids.length > FILTERED) throw refuse.badRequest(`A delta query filters by at most ${FILTERED} objects.`);
  return ids.map((id) => sim.world.directory.ids.find(id));
}

/** What of a group's members still goes on a page: those after this one, and how many. */
interface MemberRoom {
  after: number | undefined;
  room: number;
}

interface Shown {
  shape: object;
  /** Members on the page. */
  members: number;
  /** The last of them, when more are to come. */
  member?: number;
}

function shown(sim: Simulation, kind: Kind, row: number, state: DeltaState, room: MemberRoom): Shown {
  const { directory } = sim.world;
  const id = directory.idOf(row);
  if (!directory.alive(row)) {
    return { shape: { id, '@removed': { reason: kind === 'device' ? 'deleted' : 'changed' } }, members: 0 };
  }
  const select = state.select?.split(',').filter((name) => name !== '');
  const shape = { id, ...shapeOf(sim.world, row, select) };
  if (kind !== 'group' || (select && !select.includes('members'))) return { shape, members: 0 };
  const { part, member } =
    state.from < 0 ? presentMembers(sim, row, state, room) : changedMembers(sim, row, state, room);
  if (part.length === 0) return { shape, members: 0, member };
  const changes = part.map(({ object, added }) => ({
    '@odata.type': ODATA_TYPE[directory.kindOf(object)],
    id: directory.idOf(object),
    ...(added ? {} : { '@removed': { reason: 'deleted' } }),
  }));
  return { shape: { ...shape, 'members@delta': changes }, members: part.length, member };
}

interface MemberPart {
  part: { object: number; added: boolean }[];
  member?: number;
}

function presentMembers(sim: Simulation, row: number, state: DeltaState, { after, room }: MemberRoom): MemberPart {
  const { directory } = sim.world;
  const { members } = directory.groups.get(row)!;
  const part: MemberPart['part'] = [];
  let i = after === undefined ? 0 : members.indexAfter(after);
  for (; i < members.size && part.length < room; i += 1) part.push({ object: members.at(i), added: true });
  if (i < members.size) return { part, member: part.at(-1)!.object };
  if (sim.graph.deltaMembers.former) {
    part.push(...directory.changes.linksBetween(row, 0, state.to).filter(({ object }) => !members.has(object)));
  }
  return { part };
}

function changedMembers(sim: Simulation, row: number, state: DeltaState, { after = -1, room }: MemberRoom): MemberPart {
  const { directory } = sim.world;
  const changes = directory.changes.linksBetween(row, state.from, state.to).filter(({ object, added }) => {
    if (added || directory.alive(object)) return true;
    return sim.graph.deltaMembers.deleted === 'documented' && directory.kindOf(object) !== 'user';
  });
  const end = after + 1 + room;
  return { part: changes.slice(after + 1, end), ...(end < changes.length ? { member: end - 1 } : {}) };
}

/** Repeats an object of an earlier page, as replays do. */
function replay(sim: Simulation, state: DeltaState, value: object[], kind: Kind): void {
  const every = sim.graph.delta.replay;
  if (every === 0 || state.page === 0 || (state.page + 1) % every !== 0) return;
  const rows = sim.world.directory.rowsOf(kind);
  const first = [...Array(rows.size).keys()].map((i) => rows.at(i)).find((row) => sim.world.directory.alive(row));
  if (first !== undefined && state.from < 0)
    value.push(shown(sim, kind, first, state, { after: undefined, room: sim.graph.deltaMembers.pageSize }).shape);
}

function page(sim: Simulation, call: GraphCall, state: DeltaState, value: object[], done: boolean): Answer {
  const { withoutId } = sim.graph.delta;
  const rows = withoutId === 0 ? value : value.map((each, at) => ((at + 1) % withoutId === 0 ? nameless(each) : each));
  const issued = done ? { ...state, issued: sim.clock.now() } : state;
  const name = done ? '$deltatoken' : '$skiptoken';
  const link = `${call.root}/${call.version}${call.path}?${name}=${encode(issued)}`;
  const body = {
    '@odata.context': `${call.root}/${call.version}/$metadata#${state.kind}s`,
    [done ? '@odata.deltaLink' : '@odata.nextLink']: link,
    value: rows,
  };
  return { ...graphJson(body), note: { rows: value.length } };
}

const nameless = (shape: object): object => Object.fromEntries(Object.entries(shape).filter(([name]) => name !== 'id'));
