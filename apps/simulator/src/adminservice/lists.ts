import type { Answer, Call } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import { json } from './answers.js';
import { filteredRows, queriedRows } from './list.js';
import type { ClassPath } from './path.js';
import { refusedForm } from './refused-forms.js';
import { readQuery, rejectLazy, type Query } from './query.js';
import { renderer } from './render.js';
import type { WmiClass } from './wmi-class.js';

const STREAM_FROM = 2000;

/** A list or its `$count`. */
export function readList(sim: Simulation, wmi: WmiClass<never>, read: ClassPath, call: Call): Answer {
  const query = readQuery(sim, call.query, wmi);
  const refused = refusedForm(sim, query);
  if (refused) return refused;
  rejectLazy(sim, wmi, query.select);
  if (read.count) return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(count(wmi, query)) };
  return page(sim, wmi, query, call);
}

function count(wmi: WmiClass<never>, query: Query): number {
  let n = 0;
  for (const row of filteredRows(wmi, query)) n += Number(row !== undefined);
  return n;
}

function page(sim: Simulation, wmi: WmiClass<never>, query: Query, call: Call): Answer {
  const switches = sim.adminService;
  const cap = switches['paging.serverCap'] || Number.POSITIVE_INFINITY;
  const pageSize = switches['paging.mode'] === 'none' ? Number.POSITIVE_INFINITY : switches['paging.pageSize'];
  const skip = drifted(sim, query.skip, query.top ?? pageSize);
  const limit = query.top ?? Number.POSITIVE_INFINITY;
  const collapsed =
    switches['shape.collapseWithoutKey'] && !wmi.keys.every((key) => query.select?.includes(key) ?? true);
  const top = Math.min(
    limit,
    pageSize,
    collapsed ? 1 : Number.POSITIVE_INFINITY,
    cap - (Number.isFinite(cap) ? Math.min(cap, query.skip) : 0),
  );
  const render = renderer(sim, wmi, query.select, false);
  const context = `${call.root}/wmi/$metadata#${wmi.name}${query.select ? `(${query.select.join(',')})` : ''}`;
  const head: Record<string, unknown> = { '@odata.context': context };
  if (query.count) head['@odata.count'] = count(wmi, query);
  const rows = queriedRows(sim, wmi, query, skip, top + 1);
  if (top <= STREAM_FROM) {
    const value = [...rows];
    const more = value.length > top;
    const body: Record<string, unknown> = { ...head, value: value.slice(0, top).map(render) };
    if (more && switches['paging.mode'] === 'nextLink' && limit > top)
      body['@odata.nextLink'] = nextLink(call, query, top);
    return { ...json(body), note: { rows: Math.min(value.length, top) } };
  }
  const linked = switches['paging.mode'] === 'nextLink' && limit > top;
  return {
    ...json(undefined),
    stream: streamed(head, rows, render, top, linked ? nextLink(call, query, top) : undefined),
  };
}

/** Large lists leave row by row, some hundred at a time, so that a million rows never exist at once. */
function* streamed<R>(
  head: object,
  rows: Iterable<R>,
  render: (row: R) => object,
  top: number,
  next: string | undefined,
): Generator<string> {
  let chunk = `${JSON.stringify(head).slice(0, -1)},"value":[`;
  let n = 0;
  let more = false;
  for (const row of rows) {
    if (n === top) {
      more = true;
      break;
    }
    chunk += (n === 0 ? '' : ',') + JSON.stringify(render(row));
    n += 1;
    if (chunk.length > 65_536) {
      yield chunk;
      chunk = '';
    }
  }
  yield `${chunk}]${more && next ? `,"@odata.nextLink":${JSON.stringify(next)}` : ''}}`;
}

/** Between `$skip` pages a row has come or gone before the position: the next page repeats or misses one. */
function drifted(sim: Simulation, skip: number, pageSize: number): number {
  if (!sim.adminService['paging.drift'] || skip === 0) return skip;
  const odd = Math.floor(skip / (Number.isFinite(pageSize) ? pageSize : 1000)) % 2 === 1;
  return odd ? skip + 1 : skip - 1;
}

function nextLink(call: Call, query: Query, top: number): string {
  const params = new URLSearchParams(call.query);
  params.delete('$skip');
  params.set('$skiptoken', String(query.skip + top));
  if (query.top !== undefined) params.set('$top', String(query.top - top));
  return `${call.root}${call.path}?${params.toString()}`;
}
