import { isoSeconds } from '../clock.js';
import type { Answer, Note } from '../http/answer.js';
import type { Simulation } from '../simulation.js';

/** A request that Graph refuses; the text is sent as `errorText` says. */
export class GraphRefusal extends Error {
  /** What the journal shall tell about the refused request. */
  note: Note | undefined;

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export const refuse = {
  badRequest: (message: string, code = 'Request_BadRequest') => new GraphRefusal(400, code, message),
  unsupported: (message: string) => new GraphRefusal(400, 'Request_UnsupportedQuery', message),
  notFound: (id: string) =>
    new GraphRefusal(
      404,
      'Request_ResourceNotFound',
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    ),
  denied: () =>
    new GraphRefusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
};

const JSON_TYPE =
  'application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8';

export function graphJson(body: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': JSON_TYPE }, body };
}

export function noContent(): Answer {
  return { status: 204, headers: {} };
}

export function refusalAnswer(sim: Simulation, refusal: GraphRefusal): Answer {
  const inner = { date: isoSeconds(sim.clock.now()).slice(0, -1) };
  const throttled = refusal.status === 429;
  const innerError = throttled ? { code: '429', status: '429', message: 'Please retry after', ...inner } : inner;
  const body = { error: { code: refusal.code, message: worded(sim, refusal.message), innerError } };
  return { status: refusal.status, headers: { 'content-type': JSON_TYPE, ...refusal.headers }, body };
}

/** Graph calls changed wording a non-breaking change: readers must hold on to status, code and stable parts. */
function worded(sim: Simulation, message: string): unknown {
  switch (sim.graph.errorText) {
    case 'drift':
      return `${message.replace(/\.$/, '')}, please check the request and try again.`;
    case 'object':
      return { lang: 'en', value: message };
    default:
      return message;
  }
}
