import { failureOf, isSuccess } from './graph-failure.js';
import type { GraphClient } from './graph-client.js';

const DEADLINE_MS = 10_000;

/**
 * Signs in and asks for the service document, which needs no permission; so does any other answer prove that Graph is there.
 * @throws AppError GRAPH_UNAVAILABLE, GRAPH_SIGN_IN_REFUSED
 */
export const reach = async (client: GraphClient, signal?: AbortSignal): Promise<void> => {
  const answer = await client.request({ method: 'GET', path: '/', signal, deadlineMs: DEADLINE_MS });
  if (isSuccess(answer)) return;
  const failure = failureOf(answer, 'GET /');
  if (failure.code === 'GRAPH_UNAVAILABLE' || failure.code === 'GRAPH_SIGN_IN_REFUSED') throw failure;
};
