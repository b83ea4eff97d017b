import { urlOf, type Answer, type Note } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import { partHeaders, shownBody } from './batch-answer.js';
import { readBatch, type BatchPart } from './batch-request.js';
import type { GraphCall } from './graph-call.js';
import { graphJson, GraphRefusal, refusalAnswer } from './graph-error.js';
import type { Graph } from './graph.js';

/** `POST /$batch`: parts without `dependsOn` run at the same time; the outer answer is 200 whatever they did. */
export async function answerBatch(sim: Simulation, graph: Graph, call: GraphCall, n: number): Promise<Answer> {
  const parts = readBatch(call.body);
  const outer = await outerFault(sim, call);
  const lost = outer?.applied === 'none' ? parts.length : outer?.applied === 'some' ? Math.ceil(parts.length / 2) : 0;
  const answers = await runParts(graph, call, parts.slice(0, parts.length - lost), n);
  if (outer) return outer.answer;
  const responses = parts.flatMap((part) => {
    const answer = answers.get(part.id)!;
    const shown = shownPart(sim, part, answer);
    return answer.told === 'omitted' ? [] : answer.told === 'twice' ? [shown, shown] : [shown];
  });
  if (sim.graph.partOrder === 'shuffled') sim.random.shuffle(responses);
  const throttled = responses.some((response) => response.status === 429);
  const body = { responses };
  return throttled && sim.graph.throttledBatch !== 200 ? graphJson(body, sim.graph.throttledBatch) : graphJson(body);
}

async function runParts(graph: Graph, call: GraphCall, parts: BatchPart[], n: number): Promise<Map<string, Answer>> {
  const running = new Map<string, Promise<Answer>>();
  const run = async (part: BatchPart): Promise<Answer> => {
    for (const id of part.dependsOn) {
      const before = await running.get(id);
      if (!before || before.status >= 400) return failedDependency();
    }
    return graph.single(partCall(call, part, n));
  };
  for (const part of inOrder(parts)) running.set(part.id, run(part));
  const answers = new Map<string, Answer>();
  for (const [id, answer] of running) answers.set(id, await answer);
  return answers;
}

/** Parts after those that they depend on. */
function inOrder(parts: BatchPart[]): BatchPart[] {
  const placed = new Set<string>();
  const sorted: BatchPart[] = [];
  let rest = parts;
  while (rest.length > 0) {
    const ready = rest.filter((part) => part.dependsOn.every((id) => placed.has(id)));
    if (ready.length === 0) return [...sorted, ...rest];
    for (const part of ready) placed.add(part.id);
    sorted.push(...ready);
    rest = rest.filter((part) => !placed.has(part.id));
  }
  return sorted;
}

function failedDependency(): Answer {
  return {
    ...graphJson(
      { error: { code: 'FailedDependency', message: 'A request that this one depends on has failed.' } },
      424,
    ),
  };
}

function partCall(call: GraphCall, part: BatchPart, n: number): GraphCall {
  const own = `${call.root}/${call.version}/`;
  // documented are relative ones; official SDKs have sent absolute ones
  const url = part.url.startsWith(own) ? part.url.slice(own.length) : part.url;
  const [path = '', ...query] = (url.startsWith('/') ? url : `/${url}`).split('?');
  return {
    ...call,
    method: part.method,
    path: path.replace(/\/$/, ''),
    query: new URLSearchParams(query.join('?')),
    headers: { ...part.headers, ...(part.priority ? { 'x-ms-throttle-priority': part.priority } : {}) },
    body: part.body,
    part: { id: part.id, batch: n },
  };
}

function shownPart(sim: Simulation, part: BatchPart, answer: Answer): { id: string; status: number } {
  const shown = { id: part.id, status: answer.wire ? 504 : answer.status };
  const headers = partHeaders(sim, answer);
  const body = shownBody(sim, answer);
  const empty = body === undefined;
  if (empty && sim.graph.emptyBody === 'null') {
    return { ...shown, ...{ headers: { ...headers, 'Content-Type': 'application/json' }, body: null } };
  }
  return { ...shown, ...{ headers }, ...(empty ? {} : { body }) };
}

/** The whole call fails, though some or all of its work may have been done. */
async function outerFault(
  sim: Simulation,
  call: GraphCall,
): Promise<{ applied: 'none' | 'some' | 'all'; answer: Answer } | undefined> {
  const scripted = sim.faults.strike({ face: 'graph', method: call.method, url: urlOf(call), part: false });
  if (scripted && (scripted.status !== undefined || scripted.wire)) {
    await sim.clock.wait(scripted.delayMs);
    const note: Note = { fault: scripted.id };
    const status = scripted.status ?? 200;
    const refusal = new GraphRefusal(
      status,
      scripted.code ?? 'UnknownError',
      scripted.message ?? 'A scripted fault.',
      scripted.headers,
    );
    const wire = scripted.wire ? { wire: scripted.wire } : {};
    return { applied: scripted.applied, answer: { ...refusalAnswer(sim, refusal), ...wire, note } };
  }
  if (scripted) await sim.clock.wait(scripted.delayMs);
  const { rate, status, applied } = sim.graph.outerFault;
  if (!sim.random.chance(rate)) return undefined;
  if (status === 0) return { applied, answer: { status: 0, headers: {}, wire: 'reset' } };
  const refusal = new GraphRefusal(status, 'UnknownError', 'The request could not be completed.');
  return { applied, answer: refusalAnswer(sim, refusal) };
}
