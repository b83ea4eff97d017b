import { answer, urlOf, type Answer, type Call } from '../http/answer.js';
import { requiredValues } from '../odata/filter.js';
import type { Simulation } from '../simulation.js';
import type { Fault, FaultSubject } from '../faults/fault.js';
import { error } from './answers.js';
import type { ClassPath } from './path.js';
import { readQuery, type Query } from './query.js';
import type { WmiClass } from './wmi-class.js';

/** What a scripted fault can aim at in a request: class, collection and page. */
export function subjectOf(sim: Simulation, call: Call, read: ClassPath, wmi: WmiClass<never>): FaultSubject {
  const query = quietQuery(sim, call, wmi);
  const byKey = wmi.keys[0] === 'CollectionID' ? read.keys?.[0] : undefined;
  const collection = byKey ?? requiredValues(query?.filter, 'CollectionID')?.[0];
  const url = urlOf(call);
  const subject: FaultSubject = { face: 'adminservice', method: call.method, url, class: wmi.name };
  if (collection !== undefined && collection !== null) subject.collection = String(collection);
  if (!read.keys && query) subject.page = pageOf(sim, wmi, query);
  return subject;
}

function quietQuery(sim: Simulation, call: Call, wmi: WmiClass<never>): Query | undefined {
  try {
    return readQuery(sim, call.query, wmi);
  } catch {
    return undefined;
  }
}

/** The page that a listing asks for, by `$skip` or by a lower bound of its key. */
function pageOf(sim: Simulation, wmi: WmiClass<never>, query: Query): number {
  const size = query.top ?? sim.adminService['paging.pageSize'];
  const before = query.skip + (wmi.before?.(query.filter) ?? 0);
  return Math.floor(before / Math.max(1, size)) + 1;
}

/** The answer that a switch or a scripted fault puts in place of the true one, or undefined. */
export async function faultyAnswer(
  sim: Simulation,
  subject: FaultSubject,
  truth: () => Answer,
): Promise<Answer | undefined> {
  const switches = sim.adminService;
  await sim.clock.wait(switches['fault.latency']);
  if (switches['fault.timeout']) return { ...answer(200), wire: 'hang' };
  if (switches['fault.html']) return { ...answer(502), wire: 'html' };
  if (switches['fault.truncatedBody']) return { ...truth(), wire: 'truncate' };
  const scripted = sim.faults.strike(subject);
  if (scripted) return scriptedAnswer(sim, scripted, truth);
  if (switches['fault.noValue']) return withoutValue(truth());
  const members = subject.class === 'SMS_FullCollectionMembership';
  if (members && switches['paging.failPage'] > 0 && switches['paging.failPage'] === subject.page) {
    return failedPage(switches['paging.failWith']);
  }
  return undefined;
}

async function scriptedAnswer(sim: Simulation, fault: Fault & { id: string }, truth: () => Answer): Promise<Answer> {
  await sim.clock.wait(fault.delayMs);
  const note = { fault: fault.id };
  if (fault.wire && fault.status === undefined) return { ...truth(), wire: fault.wire, note };
  if (fault.status !== undefined) {
    const refused = error(fault.status, fault.message ?? 'A scripted fault.', fault.code);
    const wire = fault.wire ? { wire: fault.wire } : {};
    return { ...refused, headers: { ...refused.headers, ...fault.headers }, ...wire, note };
  }
  if (fault.empty) return { ...emptied(truth()), note };
  if (fault.noValue) return { ...withoutValue(truth()), note };
  if (fault.rows) return { ...withOddRows(truth(), fault.rows), note };
  return { ...truth(), note };
}

function failedPage(how: '500' | '503' | 'reset'): Answer {
  if (how === 'reset') return { ...answer(500), wire: 'reset' };
  return error(Number(how), 'The page could not be read.');
}

function whole(truth: Answer): Record<string, unknown> {
  return (truth.stream ? JSON.parse([...truth.stream].join('')) : { ...(truth.body as object) }) as Record<
    string,
    unknown
  >;
}

function withoutValue(truth: Answer): Answer {
  const { value: _value, ...rest } = whole(truth);
  return { status: truth.status, headers: truth.headers, body: rest };
}

function withOddRows(truth: Answer, { where, set, omit }: NonNullable<Fault['rows']>): Answer {
  const body = whole(truth);
  const value = (body['value'] as Record<string, unknown>[]).map((row) => {
    if (!Object.entries(where).every(([name, wanted]) => row[name] === wanted)) return row;
    return Object.fromEntries(Object.entries({ ...row, ...set }).filter(([name]) => !omit.includes(name)));
  });
  return { status: truth.status, headers: truth.headers, body: { ...body, value } };
}

function emptied(truth: Answer): Answer {
  const { '@odata.nextLink': _next, ...rest } = whole(truth);
  return { status: truth.status, headers: truth.headers, body: { ...rest, value: [] } };
}
