import { randomUUID } from 'node:crypto';
import { AppError, BATCH_PARTS } from '@collection-sync/core';
import { errorOf, lowerCaseHeaders, type GraphAnswer } from './graph-answer.js';
import type { GraphClient } from './graph-client.js';
import { failureOf } from './graph-failure.js';
import { identifying } from './request-headers.js';

/** One request of a batch. `path` is below the version, such as `/groups/{id}/members/$ref`. */
export interface BatchPart {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface BatchOptions {
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
  readonly deadlineAt?: number;
}

interface PartAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Rules of a batch: https://learn.microsoft.com/graph/json-batching */
export const sendBatch = async (
  client: GraphClient,
  parts: readonly BatchPart[],
  options: BatchOptions,
): Promise<Map<string, GraphAnswer>> => {
  if (parts.length > BATCH_PARTS) throw new AppError('INTERNAL', `a batch of ${parts.length} parts was asked for`);
  const sent = parts.map((part) => ({ part, clientRequestId: randomUUID() }));
  const answer = await client.request<{ responses?: unknown }>({
    ...options,
    method: 'POST',
    path: '/$batch',
    body: {
      requests: sent.map(({ part, clientRequestId }) => requestOf(part, identifying(clientRequestId, client.priority))),
    },
  });
  // whatever the status of the whole, older Graph said 424 when a part was throttled: what counts is whether the parts are told
  const responses = answer.body?.responses;
  const answers = byId(sent, Array.isArray(responses) ? (responses as PartAnswer[]) : [], answer.diagnostic);
  if (answers.size > 0 || parts.length === 0) return answers;
  if (answer.status === 200 || answer.status === 424) {
    throw new AppError('GRAPH_UNAVAILABLE', 'POST /$batch: the answer has none of the parts');
  }
  throw failureOf(answer, 'POST /$batch');
};

interface SentPart {
  readonly part: BatchPart;
  readonly clientRequestId: string;
}

const requestOf = (part: BatchPart, identity: Readonly<Record<string, string>>): object => {
  const body = part.body ?? (part.method === 'POST' || part.method === 'PATCH' ? {} : undefined);
  const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
  return {
    id: part.id,
    method: part.method,
    url: part.path.startsWith('/') ? part.path : `/${part.path}`,
    ...(body === undefined ? {} : { body }),
    headers: { ...json, ...identity, ...part.headers },
  };
};

/**
 * Answers come in any order, ids in any case, header names in any spelling. A part that is named twice, or without a status, is as good as
 * not answered: nobody knows what was done.
 */
const byId = (
  sent: readonly SentPart[],
  responses: readonly PartAnswer[],
  outerDiagnostic: string | undefined,
): Map<string, GraphAnswer> => {
  const byId = Map.groupBy(responses, (response) => String(response?.id).toLowerCase());
  const answers = new Map<string, GraphAnswer>();
  for (const { part, clientRequestId } of sent) {
    const { id } = part;
    const [response, ...others] = byId.get(id.toLowerCase()) ?? [];
    const status = Number(response?.status);
    if (!response || others.length > 0 || !(status >= 100 && status < 600)) continue;
    const headers = lowerCaseHeaders(Object.entries(response.headers ?? {}));
    const body = response.body ?? undefined;
    const requestId = headers['request-id'] ?? errorOf(body).requestId;
    const diagnostic = headers['x-ms-ags-diagnostic'] ?? outerDiagnostic;
    answers.set(id, { status, headers, body, requestId, clientRequestId, diagnostic });
  }
  return answers;
};
