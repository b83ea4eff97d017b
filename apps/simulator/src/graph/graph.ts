import { urlOf, type Answer, type Call } from '../http/answer.js';
import { record } from '../journal/recorded.js';
import type { FaultSubject } from '../faults/fault.js';
import { costOf } from '../quota/costs.js';
import { Quotas } from '../quota/quotas.js';
import { throttle } from './throttle.js';
import type { Simulation } from '../simulation.js';
import { answerBatch } from './batch.js';
import type { GraphCall, Principal } from './graph-call.js';
import { GraphRefusal, refusalAnswer, refuse } from './graph-error.js';
import { identified } from './identified.js';
import { decode, PageTokens } from './paging.js';
import { route } from './routes.js';
import { scriptedAnswer } from './scripted-answer.js';

/** Decides who asks; throws a refusal with 401 or 403 if nobody may. */
export type Authenticate = (call: Call) => Promise<Principal>;

/** Answers requests below the Graph root: `/v1.0/…` and `/beta/…`. */
export class Graph {
  readonly quotas = new Quotas();
  readonly #tokens: PageTokens;

  constructor(
    private readonly sim: Simulation,
    private readonly authenticate: Authenticate,
  ) {
    this.#tokens = new PageTokens(sim);
  }

  async handle(call: Call): Promise<Answer> {
    const n = this.sim.journal.nextNumber();
    const started = performance.now();
    const url = urlOf(call);
    let by: string | undefined;
    let answer: Answer;
    try {
      const principal = await this.authenticate(call);
      by = principal.appId;
      answer = await this.#versioned(call, principal, n);
    } catch (error) {
      answer = this.#refused(error);
    }
    answer = identified(call, answer);
    record(this.sim, { n, face: 'graph', url, method: call.method, started, ...(by ? { by } : {}) }, answer);
    return answer;
  }

  /** One request or one part: fault, quota, then the true answer. */
  async single(call: GraphCall): Promise<Answer> {
    if (!call.part) return this.#single(call);
    const n = this.sim.journal.nextNumber();
    const started = performance.now();
    const answer = identified(call, await this.#single(call));
    record(
      this.sim,
      {
        n,
        face: 'graph',
        url: urlOf(call),
        method: call.method,
        started,
        by: call.principal.appId,
        part: call.part.id,
        batch: call.part.batch,
      },
      answer,
    );
    return answer;
  }

  async #versioned(call: Call, principal: Principal, n: number): Promise<Answer> {
    const match = /^\/(v1\.0|beta)(\/.*)$/.exec(call.path);
    if (!match) throw refuse.badRequest('Invalid version.', 'BadRequest');
    const inner: GraphCall = {
      ...call,
      version: match[1] as 'v1.0' | 'beta',
      path: match[2]!.replace(/\/$/, ''),
      principal,
    };
    if (inner.path.toLowerCase() !== '/$batch') return this.single(inner);
    if (call.method !== 'POST') throw refuse.badRequest('The batch endpoint takes POST only.', 'BadRequest');
    return answerBatch(this.sim, this, inner, n);
  }

  async #single(call: GraphCall): Promise<Answer> {
    const { sim } = this;
    let headers: Record<string, string> = {};
    try {
      const fault = sim.faults.strike(faultSubject(call));
      if (fault) await sim.clock.wait(fault.delayMs);
      const scripted = fault && (await scriptedAnswer(sim, fault, () => this.#apply(call)));
      if (scripted) return scripted;
      const cost = costOf(call, sim.graph);
      const verdict = throttle(sim, this.quotas, call.principal, cost, call.headers['x-ms-throttle-priority']);
      headers = verdict.headers;
      if (verdict.refusal) {
        const applied = sim.random.chance(sim.graph.throttledApplied) ? await this.#apply(call) : undefined;
        return { ...refusalAnswer(sim, verdict.refusal), ...(applied?.note ? { note: applied.note } : {}) };
      }
      if (sim.graph.latencyMs > 0 && call.method === 'GET') await sim.clock.wait(sim.graph.latencyMs);
      const answer = await route(sim, this.#tokens, call);
      if (sim.graph.nullProperties === 'absent') answer.body = withoutNulls(answer.body);
      return { ...answer, headers: { ...answer.headers, ...headers } };
    } catch (error) {
      const answer = this.#refused(error);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    }
  }

  /** Does the work whatever is answered. */
  async #apply(call: GraphCall): Promise<Answer> {
    try {
      return await route(this.sim, this.#tokens, call);
    } catch (error) {
      return this.#refused(error);
    }
  }

  #refused(error: unknown): Answer {
    if (error instanceof URIError) return this.#refused(refuse.badRequest('Malformed request path.', 'BadRequest'));
    if (!(error instanceof GraphRefusal)) throw error;
    return { ...refusalAnswer(this.sim, error), ...(error.note ? { note: error.note } : {}) };
  }
}

function faultSubject(call: GraphCall): FaultSubject {
  const group = /^\/groups\/([0-9a-f-]{36})/i.exec(call.path)?.[1];
  return {
    face: 'graph',
    method: call.method,
    url: urlOf(call),
    part: call.part !== undefined,
    ...(call.method === 'GET' ? { page: pageOf(call) } : {}),
    ...(group ? { group } : {}),
  };
}

function pageOf(call: GraphCall): number {
  const token = call.query.get('$skiptoken');
  return token === null ? 1 : (decode<{ page?: number }>(token)?.page ?? 1);
}

/** JSON without the properties that have no value. */
function withoutNulls(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withoutNulls);
  if (typeof body !== 'object' || body === null) return body;
  const entries = Object.entries(body).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name, withoutNulls(value)]));
}
