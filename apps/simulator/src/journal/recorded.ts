import type { Answer, Call } from '../http/answer.js';
import { urlOf } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import type { JournalEntry } from './journal.js';

/** Does the work and writes it down. */
export async function recorded(
  sim: Simulation,
  face: JournalEntry['face'],
  call: Call,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const n = sim.journal.nextNumber();
  const started = performance.now();
  const answer = await work();
  record(sim, { n, face, method: call.method, url: urlOf(call), started }, answer);
  return answer;
}

/** Writes down an answer; bytes that never arrived count as status 0. */
export function record(
  sim: Simulation,
  request: {
    n: number;
    face: JournalEntry['face'];
    method: string;
    url: string;
    started: number;
  } & Partial<JournalEntry>,
  answer: Answer,
): void {
  const { started, ...rest } = request;
  const error = (answer.body as { error?: { code?: string } | string } | undefined)?.error;
  const code = typeof error === 'string' ? error : error?.code;
  sim.journal.add({
    ...rest,
    at: new Date(sim.clock.now()).toISOString(),
    status: answer.wire === 'reset' || answer.wire === 'hang' ? 0 : answer.status,
    ms: Math.round((performance.now() - started) * 100) / 100,
    ...(code ? { code } : {}),
    ...answer.note,
  });
}
