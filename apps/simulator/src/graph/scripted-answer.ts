import type { Fault } from '../faults/fault.js';
import type { Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import { GraphRefusal, refusalAnswer } from './graph-error.js';

const CODES: Record<number, string> = {
  400: 'Request_BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'Request_ResourceNotFound',
  409: 'Directory_ConcurrencyViolation',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/**
 * What a scripted fault answers to one request instead of the truth, or undefined if it only delays. The work is done only where the fault
 * says so, and once; what it changed is noted although the caller is told otherwise.
 */
export async function scriptedAnswer(
  sim: Simulation,
  fault: Fault & { id: string },
  work: () => Promise<Answer>,
): Promise<Answer | undefined> {
  const { status, wire, told } = fault;
  if (status === undefined && !wire && !told) return undefined;
  const needed = fault.applied !== 'none' || (status === undefined && (wire === 'truncate' || told === 'twice'));
  const done = needed ? await work() : undefined;
  const note = { ...done?.note, fault: fault.id };
  const lost = { ...(wire ? { wire } : {}), ...(told ? { told } : {}) };
  if (status === undefined) return { ...(done ?? { status: 200, headers: {} }), ...lost, note };
  const message = fault.message ?? 'A scripted fault.';
  const refusal = new GraphRefusal(status, fault.code ?? CODES[status] ?? 'UnknownError', message, fault.headers);
  return { ...refusalAnswer(sim, refusal), ...lost, note };
}
