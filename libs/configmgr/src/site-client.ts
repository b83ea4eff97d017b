import {
  AppError,
  storableText,
  jsonErrorPosition,
  type ErrorCode,
  backoffMs,
  renewing,
  type Renewed,
} from '@collection-sync/core';
import pLimit from 'p-limit';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, buildConnector, fetch, type Response } from 'undici';
import type { Row } from './fields.js';
import { field } from './fields.js';
import { LEAST_TIMEOUT_MS, type AdminServiceOptions } from './options.js';

export interface SiteAnswer {
  readonly rows: readonly Row[];
  /** the site's own time, from its `Date` header, in whole seconds */
  readonly at?: Date;
  /** path and query of the next page, if the site names one */
  readonly next?: string;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

/** Longer than this it waits for nothing. */
const LONGEST_PAUSE_MS = 60_000;
/** Another ticket may help once; nothing else but a change of rights does. */
const REFUSED: ReadonlySet<ErrorCode> = new Set(['SOURCE_SIGN_IN_REFUSED', 'SOURCE_ACCESS_DENIED']);
/** A site answers 404 with these words to whom it lets sign in and not ask: https://github.com/MSEndpointMgr/ModernDriverManagement/issues/179 */
const DENIED = /access (is )?denied/i;

/**
 * Sends requests to `<AdminService>/wmi/`: bounded, timed, signed in each time, tried again while the failure may pass. Rejects
 * with SOURCE_UNAVAILABLE, SOURCE_SIGN_IN_REFUSED, SOURCE_ACCESS_DENIED, SOURCE_ANSWER_UNREADABLE or, for what the site understood and refused, SOURCE_REQUEST_REFUSED.
 */
export class SiteClient {
  readonly #root: URL;
  readonly #agent: Agent;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #closing = new AbortController();

  constructor(private readonly options: AdminServiceOptions) {
    this.#root = new URL(`${options.url.replace(/\/+$/, '').replace(/\/wmi$/i, '')}/wmi/`);
    const connections = options.concurrency ?? 16;
    this.#limit = pLimit(connections);
    this.#agent = new Agent({ connections, connect: connectorOf(options.ca) });
  }

  /** A list, or a keyed row, which real sites answer as a list of one. */
  get(path: string, query: Query = {}, signal?: AbortSignal): Promise<SiteAnswer> {
    const url = new URL(path, this.#root);
    // URLSearchParams would write spaces as "+", which OData does not read
    const pairs = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(String(value))}`],
    );
    url.search = pairs.join('&');
    return this.#limit(() => this.#attempts(url, signal));
  }

  /** The next page that the site named; on our own origin, since a site may know itself by another name. */
  follow(next: string, signal?: AbortSignal): Promise<SiteAnswer> {
    const named = new URL(next, this.#root);
    const url = new URL(`${named.pathname}${named.search}`, this.#root);
    return this.#limit(() => this.#attempts(url, signal));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#agent.destroy();
  }

  async #attempts(url: URL, signal?: AbortSignal): Promise<SiteAnswer> {
    const { attempts = 4, firstPauseMs = 500 } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted();
      try {
        return await this.#once(url, signal);
      } catch (error) {
        if (signal?.aborted || this.#closing.signal.aborted)
          throw new AppError('SHUTTING_DOWN', 'A request to the site was given up.', { cause: error });
        if (!(error instanceof AppError) || !error.retryable || attempt >= attempts) throw error;
        if (REFUSED.has(error.code) && attempt >= 2) throw error;
        const pause = error.retryAfterMs ?? backoffMs({ firstMs: firstPauseMs, maxMs: LONGEST_PAUSE_MS }, attempt);
        await sleep(Math.min(pause, LONGEST_PAUSE_MS), undefined, signal ? { signal } : {}).catch(() => undefined);
      }
    }
  }

  async #once(url: URL, signal?: AbortSignal): Promise<SiteAnswer> {
    const authorization = await this.options.signIn.authorization(url.hostname);
    const deadline = AbortSignal.timeout(Math.max(LEAST_TIMEOUT_MS, this.options.timeoutMs ?? 60_000));
    const signals = [deadline, this.#closing.signal, ...(signal ? [signal] : [])];
    let response: Response;
    let body: string;
    try {
      response = await fetch(url, {
        dispatcher: this.#agent,
        signal: AbortSignal.any(signals),
        redirect: 'manual',
        headers: { accept: 'application/json', ...(authorization ? { authorization } : {}) },
      });
      body = await response.text();
    } catch (cause) {
      throw new AppError('SOURCE_UNAVAILABLE', `The site did not answer: ${innermost(cause)}`, { cause });
    }
    if (!response.ok) throw this.#refusal(response, body, url);
    return { ...readAnswer(body, url), ...timeOf(response) };
  }

  #refusal(response: Response, body: string, url: URL): AppError {
    const { status } = response;
    const said = `${classOf(url)}: the site answered ${status}${saidBySite(body)}`;
    if (status === 401 || status === 403) this.options.signIn.refused();
    if (status === 401) return new AppError('SOURCE_SIGN_IN_REFUSED', said);
    if (status === 403 || DENIED.test(said)) return new AppError('SOURCE_ACCESS_DENIED', said);
    if (status === 408 || status === 429 || status >= 500) {
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      return new AppError('SOURCE_UNAVAILABLE', said, seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {});
    }
    if (status >= 300 && status < 400) return new AppError('SOURCE_ANSWER_UNREADABLE', `${said}, a redirection`);
    return new AppError('SOURCE_REQUEST_REFUSED', said);
  }
}

/** Connects with the authority that its file has now. */
const connectorOf = (given?: Renewed): buildConnector.connector => {
  const timeout = 10_000;
  if (given === undefined) return buildConnector({ timeout });
  const authority = renewing(given);
  let ca: string | undefined;
  let connect: buildConnector.connector;
  return (options, callback) => {
    const now = authority();
    if (now !== ca) connect = buildConnector({ timeout, ca: (ca = now) });
    connect(options, callback);
  };
};

const timeOf = (response: Response): { at?: Date } => {
  const time = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(time) ? {} : { at: new Date(time) };
};

const readAnswer = (body: string, url: URL): SiteAnswer => {
  let json: unknown;
  try {
    json = JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new AppError('SOURCE_ANSWER_UNREADABLE', `${classOf(url)}: the answer is ${jsonErrorPosition(error)}`);
  }
  if (json === null || typeof json !== 'object' || Array.isArray(json))
    throw new AppError('SOURCE_ANSWER_UNREADABLE', `${classOf(url)}: the answer is not an object`);
  const value = field(json as Row, 'value');
  const next = (json as Row)['@odata.nextLink'];
  if (Array.isArray(value)) {
    if (!value.every((row) => row !== null && typeof row === 'object'))
      throw new AppError('SOURCE_ANSWER_UNREADABLE', `${classOf(url)}: the list holds something that is not a row`);
    return { rows: value as Row[], ...(typeof next === 'string' ? { next } : {}) };
  }
  // a keyed row that stands alone names its entity in the context
  const context = (json as Row)['@odata.context'];
  if (typeof context === 'string' && context.endsWith('$entity')) return { rows: [json as Row] };
  throw new AppError('SOURCE_ANSWER_UNREADABLE', `${classOf(url)}: the answer has no list of rows`);
};

const classOf = (url: URL): string => decodeURIComponent(url.pathname.split('/wmi/')[1] ?? url.pathname);

/** The site's own words, if the body is its error. */
const saidBySite = (body: string): string => {
  try {
    const { error } = JSON.parse(body) as { error?: { message?: unknown } };
    return typeof error?.message === 'string' ? ` (${storableText(error.message, 200)})` : '';
  } catch {
    return '';
  }
};

const innermost = (error: unknown): string => {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  return at instanceof Error ? at.message || at.name : String(at);
};
