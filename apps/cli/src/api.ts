import type { components, paths } from '@collection-sync/api';
import createClient, { type Client } from 'openapi-fetch';
import { CliError, EXIT, type ExitCode } from './exit-codes.js';
import type { Session } from './session/session.js';

export type Schemas = components['schemas'];
export type Api = Client<paths>;

const TIMEOUT_MS = 60_000;

export const connect = ({ url, token }: Partial<Session> & { url: string }): Api =>
  createClient<paths>({
    baseUrl: url,
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
    fetch: async (request) => {
      try {
        return await fetch(request, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
        throw new CliError(
          `${url} does not answer (${cause}).`,
          EXIT.unavailable,
          'Check the address (--url) and that the status service runs.',
        );
      }
    },
  });

const CODES: Readonly<Record<number, ExitCode>> = {
  400: EXIT.usage,
  401: EXIT.denied,
  403: EXIT.denied,
  404: EXIT.notFound,
  409: EXIT.conflict,
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
