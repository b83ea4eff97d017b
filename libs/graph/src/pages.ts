import { setTimeout as pause } from 'node:timers/promises';
import { AppError, asAppError, backoffMs } from '@collection-sync/core';
import { errorOf, type GraphAnswer } from './graph-answer.js';
import type { GraphCaller, GraphRequest } from './graph-client.js';
import { failureOf, isSuccess } from './graph-failure.js';

export interface Page<T> {
  readonly items: T[];
  /** link of the next page; reading may be taken up there later */
  readonly next?: string;
  /** end of a delta: the link that tells what changes from now on */
  readonly delta?: string;
}

export interface PagesOptions {
  readonly signal?: AbortSignal;
  /** per page */
  readonly deadlineMs?: number;
  /** sent with every page: Graph does not carry them on by itself */
  readonly headers?: Readonly<Record<string, string>>;
  /** sends of one page at most */
  readonly attempts?: number;
}

interface PageBody<T> {
  readonly value?: T[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 500;
/** Whoever is asked to wait longer than this should let go of what it holds meanwhile. */
const LONGEST_PAUSE_MS = 30_000;

/**
 * After a repeated request Graph may have forgotten the link it answered with.
 * https://learn.microsoft.com/graph/paging
 */
const LOST_LINK = /DirectoryPageTokenNotFound|Directory_ExpiredPageToken/i;

export async function* readPages<T>(
  client: Pick<GraphCaller, 'request'>,
  path: string,
  query: GraphRequest['query'],
  options: PagesOptions,
): AsyncGenerator<Page<T>, void, undefined> {
  let at: PageLink = { path, query };
  let good = at;
  const followed = new Set<string>();
  for (let lost = 0; ;) {
    const { answer, sends } = await readPage<T>(client, at, options);
    if (!isSuccess(answer)) {
      if (!isLost(answer)) throw failureOf(answer, `GET ${pathOf(at)}`);
      if (at === good || ++lost > ATTEMPTS) throw lostLink(at);
      at = good;
      followed.clear();
      continue;
    }
    const { value, '@odata.nextLink': next, '@odata.deltaLink': delta } = answer.body ?? {};
    if (!Array.isArray(value)) throw new AppError('GRAPH_UNAVAILABLE', `GET ${pathOf(at)}: the answer is no page`);
    yield { items: value, next, delta };
    if (next === undefined) return;
    // seen at groups/delta: pages that lead to each other forever
    if (followed.has(next)) throw new AppError('GRAPH_UNAVAILABLE', `GET ${pathOf(at)}: the pages lead in a circle`);
    followed.add(next);
    at = { path: next };
    if (sends === 1) good = at;
  }
}

interface PageLink {
  readonly path: string;
  readonly query?: GraphRequest['query'];
}

const readPage = async <T>(
  client: Pick<GraphCaller, 'request'>,
  at: PageLink,
  options: PagesOptions,
): Promise<{ answer: GraphAnswer<PageBody<T>>; sends: number }> => {
  const attempts = options.attempts ?? ATTEMPTS;
  for (let sends = 1; ; sends += 1) {
    const result = await attempt<T>(client, at, options);
    const failure =
      result.failure ?? (isSuccess(result.answer) ? undefined : failureOf(result.answer, `GET ${pathOf(at)}`));
    if (!failure || !isPassing(failure)) {
      if (result.answer) return { answer: result.answer, sends };
      throw failure;
    }
    const wait = failure.retryAfterMs ?? backoffMs({ firstMs: FIRST_PAUSE_MS, maxMs: LONGEST_PAUSE_MS }, sends);
    if (sends >= attempts || wait > LONGEST_PAUSE_MS) throw failure;
    await pause(wait, undefined, { signal: options.signal }).catch(() => {
      throw new AppError('SHUTTING_DOWN', `GET ${pathOf(at)} was given up`);
    });
  }
};

type Attempt<T> =
  | { readonly answer: GraphAnswer<PageBody<T>>; readonly failure?: undefined }
  | { readonly answer?: undefined; readonly failure: AppError };

const attempt = async <T>(
  client: Pick<GraphCaller, 'request'>,
  at: PageLink,
  options: PagesOptions,
): Promise<Attempt<T>> => {
  try {
    const { signal, headers, deadlineMs } = options;
    return { answer: await client.request<PageBody<T>>({ method: 'GET', ...at, headers, signal, deadlineMs }) };
  } catch (error) {
    return { failure: asAppError(error) };
  }
};

const isPassing = (failure: AppError): boolean =>
  failure.code === 'GRAPH_UNAVAILABLE' || failure.code === 'GRAPH_THROTTLED';

const isLost = (answer: GraphAnswer): boolean => {
  const { code, message, innerCode } = errorOf(answer.body);
  return LOST_LINK.test(`${code} ${innerCode ?? ''} ${message}`);
};

const lostLink = (at: PageLink): AppError =>
  /\/delta\b/.test(pathOf(at))
    ? new AppError('GRAPH_DELTA_EXPIRED', `GET ${pathOf(at)}: Graph does not know its own link any more`)
    : new AppError('GRAPH_UNAVAILABLE', `GET ${pathOf(at)}: Graph does not know its own link any more`);

const pathOf = (at: PageLink): string => (at.path.split('?')[0] ?? '').replace(/^https?:\/\/[^/]+/, '');
