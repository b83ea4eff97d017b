import type { components, paths } from '@collection-sync/api';
import { VERSION } from '@collection-sync/platform';
import createClient, { type Client } from 'openapi-fetch';
import { CliError, EXIT, type ExitCode } from './exit-codes.js';
import type { Session } from './session/session.js';

export type Schemas = components['schemas'];
export type Api = Client<paths>;

const TIMEOUT_MS = 60_000;

const send = async (url: string, request: Request | URL, init: RequestInit = {}): Promise<Response> => {
  try {
    return await fetch(request, init);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new CliError(
      `${url} does not answer (${cause}).`,
      EXIT.unavailable,
      'Check the address (--url) and that the status service runs.',
    );
  }
};

/** The audit log names the program that did something. */
const headersOf = (token: string | undefined): Record<string, string> => ({
  'user-agent': `collsync/${VERSION}`,
  ...(token ? { authorization: `Bearer ${token}` } : {}),
});

export const connect = ({ url, token }: Partial<Session> & { url: string }): Api =>
  createClient<paths>({
    baseUrl: url,
    headers: headersOf(token),
    fetch: (request) => send(url, request, { signal: AbortSignal.timeout(TIMEOUT_MS) }),
  });

/** A GET of what is no JSON. */
export const request = async ({ url, token }: Session, path: string): Promise<Response> => {
  const response = await send(url, new URL(path, url), { headers: headersOf(token) });
  if (response.ok) return response;
  const error: unknown = await response.json().catch(() => undefined);
  return unwrap<Response>(Promise.resolve({ error, response }));
};

const CODES: Readonly<Record<number, ExitCode>> = {
  400: EXIT.usage,
  401: EXIT.denied,
  403: EXIT.denied,
  404: EXIT.notFound,
  409: EXIT.conflict,
  412: EXIT.conflict,
  422: EXIT.conflict,
  429: EXIT.denied,
  502: EXIT.unavailable,
  503: EXIT.unavailable,
};

/** The data of an answer; what the API refused is told in its own words. */
export const unwrap = async <T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> => {
  const { data, error, response } = await answer;
  if (response.ok) return data as T;
  const problem = (typeof error === 'object' ? error : undefined) as Partial<Schemas['Problem']> | undefined;
  const what = problem?.detail ?? problem?.title ?? `The service answered ${response.status}.`;
  throw new CliError(what, CODES[response.status] ?? EXIT.failed, problem?.advice);
};

/** All items of a listing, page by page. */
export const everyItem = async <T>(
  page: (cursor?: string) => Promise<{ items: T[]; next: string | null }>,
  most = Number.POSITIVE_INFINITY,
): Promise<T[]> => {
  const items: T[] = [];
  for (let cursor: string | undefined; ;) {
    const { items: more, next } = await page(cursor);
    items.push(...more);
    if (next === null || items.length >= most) return items.slice(0, most);
    cursor = next;
  }
};
