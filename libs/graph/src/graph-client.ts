import { AppError } from '@collection-sync/core';
import { Client, HTTPMessageHandler, ResponseType } from '@microsoft/microsoft-graph-client';
import { applicationOf, type Application } from './application.js';
import { sendBatch, type BatchOptions, type BatchPart } from './batch.js';
import { CLOUD_ENDPOINTS } from './clouds.js';
import { createCredential } from './credentials.js';
import { answerOf, type GraphAnswer } from './graph-answer.js';
import { failureOf, traceOf } from './graph-failure.js';
import { Authentication } from './middleware/authentication.js';
import { Call } from './middleware/call.js';
import { Deadline } from './middleware/deadline.js';
import { readPages, type Page, type PagesOptions } from './pages.js';
import { identifying, type Priority } from './request-headers.js';
import type { CheckedTenantConfig } from './tenant-config.js';
import { Tokens } from './tokens.js';

export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/groups/…` below the version, or an absolute link that Graph gave */
  readonly path: string;
  /** added to the path; undefined values are left out */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** time for the whole request, sign-in and body included; 30 s by default */
  readonly deadlineMs?: number;
  /** the same as an instant of `performance.now()`, for callers that fixed it before they took other steps */
  readonly deadlineAt?: number;
}

const DEADLINE_MS = 30_000;
const VERSION = 'v1.0';

/** What requests of one tenant share, whatever their priority. */
interface Connection {
  readonly config: CheckedTenantConfig;
  readonly tokens: Tokens;
  readonly sdk: Client;
}

const connect = (config: CheckedTenantConfig): Connection => {
  const tokens = new Tokens(() => createCredential(config), scopeOf(config), config.tenant);
  const sdk = Client.initWithMiddleware({
    baseUrl: rootOf(config),
    defaultVersion: VERSION,
    middleware: [new Authentication(tokens), new Deadline(), new HTTPMessageHandler()],
  });
  return { config, tokens, sdk };
};

const rootOf = ({ baseUrl, cloud }: CheckedTenantConfig): string => baseUrl ?? CLOUD_ENDPOINTS[cloud].graph;

/** A token is good for the root that it was asked for, one given by hand too. */
export const scopeOf = (config: CheckedTenantConfig): string => `${rootOf(config)}/.default`;

/** What functions that ask Graph are given: a client, or one whose calls are metered. */
export type GraphCaller = Pick<GraphClient, 'priority' | 'request' | 'batch' | 'pages' | 'application' | 'memberUrl'>;

/** Microsoft Graph in one tenant. It never repeats a request by itself, but for one with a refused token; `pages` says so. */
export class GraphClient {
  readonly tenant: string;
  /** such as `https://graph.microsoft.com`, without version */
  readonly root: string;
  readonly #connection: Connection;

  constructor(
    config: CheckedTenantConfig,
    readonly priority: Priority = 'normal',
    connection = connect(config),
  ) {
    this.tenant = config.tenant;
    this.root = rootOf(config);
    this.#connection = connection;
  }

  /** The same tenant and token, for requests that Graph may shed earlier or later. */
  withPriority(priority: Priority): GraphClient {
    return new GraphClient(this.#connection.config, priority, this.#connection);
  }

  /**
   * One request. Every HTTP status is an answer, but for a second 401.
   * @throws AppError GRAPH_UNAVAILABLE (no answer in time), GRAPH_SIGN_IN_REFUSED, or what `signal` was aborted with
   */
  async request<T = unknown>(request: GraphRequest): Promise<GraphAnswer<T>> {
    const deadlineAt = request.deadlineAt ?? performance.now() + (request.deadlineMs ?? DEADLINE_MS);
    const first = new Call(this.addressOf(request), deadlineAt);
    const answer = await this.send<T>(request, first);
    if (answer.status !== 401) return answer;
    this.#connection.tokens.forget(first.token ?? '');
    const second = await this.send<T>(request, new Call(first.url, deadlineAt));
    if (second.status === 401) throw failureOf(second, describe(request));
    return second;
  }

  /**
   * Up to 20 requests in one. Resolves with the answer of each part by its id; a part that Graph left out or named twice is missing.
   * @throws AppError when no part was answered: GRAPH_THROTTLED, GRAPH_UNAVAILABLE, GRAPH_SIGN_IN_REFUSED, …
   */
  batch(parts: readonly BatchPart[], options: BatchOptions = {}): Promise<Map<string, GraphAnswer>> {
    return sendBatch(this, parts, options);
  }

  /**
   * The pages of a listing or a delta. A page that fails for a passing reason is asked for again, a few times; when Graph then
   * does not know its own link any more, reading goes on from the last good one, so items may come twice.
   * @throws AppError GRAPH_DELTA_EXPIRED for a delta that must start anew, else as `request`
   */
  pages<T>(
    path: string,
    query?: GraphRequest['query'],
    options: PagesOptions = {},
  ): AsyncGenerator<Page<T>, void, undefined> {
    return readPages<T>(this, path, query, options);
  }

  /**
   * What the application may do, as its own token tells; undefined when the token does not.
   * @throws AppError GRAPH_SIGN_IN_REFUSED, GRAPH_UNAVAILABLE
   */
  async application(): Promise<Application | undefined> {
    return applicationOf(await this.#connection.tokens.get());
  }

  /** The reference that a member write names: always `directoryObjects`, always the object id, on this cloud's own root. */
  memberUrl(object: string): string {
    return `${this.root}/${VERSION}/directoryObjects/${object}`;
  }

  private async send<T>(request: GraphRequest, call: Call): Promise<GraphAnswer<T>> {
    const left = Math.max(0, Math.ceil(call.deadlineAt - performance.now()));
    const timeout = AbortSignal.timeout(left);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    try {
      return await answerOf<T>(await this.call(request, call, signal), call.clientRequestId);
    } catch (error) {
      throw translate(call.failure ?? error, request, timeout, call);
    }
  }

  private call(request: GraphRequest, call: Call, signal: AbortSignal): Promise<Response> {
    const sdk = this.#connection.sdk
      .api('')
      .headers({ ...request.headers, ...identifying(call.clientRequestId, this.priority) })
      .options({ signal, redirect: 'manual' })
      .middlewareOptions([call])
      .responseType(ResponseType.RAW);
    const sent: Promise<Response> =
      request.method === 'POST'
        ? sdk.post(request.body ?? {})
        : request.method === 'PATCH'
          ? sdk.patch(request.body ?? {})
          : request.method === 'DELETE'
            ? sdk.delete()
            : sdk.get();
    return Promise.race([sent, rejected(signal)]);
  }

  private addressOf({ path, query }: GraphRequest): string {
    const base = `${this.root}/${VERSION}`;
    const url = new URL(/^https?:/i.test(path) ? path : `${base}/${path.replace(/^\//, '')}`);
    if (url.origin !== new URL(this.root).origin) {
      throw new AppError('GRAPH_REQUEST_REFUSED', `a link leads to ${url.origin}, away from ${this.root}`);
    }
    const added = Object.entries(query ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
      .join('&');
    if (added) url.search = url.search ? `${url.search}&${added}` : added;
    return url.href;
  }
}

/** Sign-in knows no signal: whoever waits for it may leave. */
const rejected = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });

const describe = (request: GraphRequest): string => `${request.method} ${request.path.split('?')[0]}`;

const translate = (error: unknown, request: GraphRequest, timeout: AbortSignal, call: Call): AppError => {
  if (request.signal?.aborted) {
    const reason: unknown = request.signal.reason;
    return reason instanceof AppError ? reason : new AppError('SHUTTING_DOWN', `${describe(request)} was given up`);
  }
  if (error instanceof AppError) return error;
  const why = timeout.aborted ? 'no answer in time' : `the network failed: ${wordsOf(error)}`;
  return new AppError('GRAPH_UNAVAILABLE', `${describe(request)}: ${why}${traceOf(call)}`, { cause: error });
};

/** fetch itself says only "fetch failed"; its cause names the address and the errno. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? wordsOf(error.cause) : error.message || error.name;
};
