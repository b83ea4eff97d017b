import { setMaxListeners } from 'node:events';
import type { Mapping } from '@collection-sync/core';
import { Loop, type Idle, type Worker } from '@collection-sync/platform';
import type { ResolverContext } from '../context.js';
import { FeedMirror } from '../mirror/feed-mirror.js';
import type { Described } from '../report/describe-directory.js';
import { reportDirectory } from '../report/report-directory.js';
import { ensureFeed, readFeeds } from '../store/feeds.js';
import { KINDS, plural, type Kind } from '../store/kinds.js';
import { forgetDeleted } from '../store/objects.js';
import { KnownTenants } from './known-tenants.js';

const HOUR = 3_600_000;

/**
 * The mirrors of all tenants: devices in each one configured, users wherever a user collection is mapped or once was. Each has a loop of
 * its own, so that a tenant that is away holds up no other.
 */
export class FollowDirectories implements Worker {
  readonly #context: ResolverContext;
  readonly #known = new KnownTenants();
  readonly #loops = new Map<string, Loop>();
  readonly #maintenance: Loop[];
  readonly #reported = new Set<string>();
  #started = false;

  constructor(context: ResolverContext) {
    this.#context = context;
    const { database, log, settings } = context;
    this.#maintenance = [
      new Loop({
        name: 'state of the directories',
        everyMs: Math.min(5_000, settings.reportEveryMs),
        tick: () => this.#report(),
        log,
      }),
      new Loop({
        name: 'deleted directory objects',
        everyMs: HOUR,
        tick: async () => void (await forgetDeleted(database, settings.rememberDeletedDays)),
        log,
      }),
    ];
  }

  /** Takes mappings in, and mirrors what they need. */
  async learn(mappings: readonly Mapping[]): Promise<void> {
    for (const mapping of mappings) {
      if (this.#known.learn(mapping) && this.#started) await this.#open(mapping.tenant, mapping.collectionType);
    }
  }

  start(): void {
    this.#started = true;
    for (const loop of this.#maintenance) loop.start();
  }

  async stop(): Promise<void> {
    this.#started = false;
    await Promise.all([...this.#maintenance, ...this.#loops.values()].map((loop) => loop.stop()));
  }

  /** Opens what is missing, then reports every state that is due: at first all of them. */
  async #report(): Promise<void> {
    const { graph } = this.#context;
    for (const tenant of graph.tenants()) {
      const feeds = await readFeeds(this.#context.database, tenant);
      for (const kind of KINDS) {
        const mirrored = feeds.some((feed) => feed.kind === kind);
        if (kind === 'device' || mirrored || this.#known.needs(tenant, kind)) await this.#open(tenant, kind);
      }
    }
    for (const tenant of new Set([...graph.tenants(), ...this.#known.tenants()])) {
      this.#show(tenant, await reportDirectory(this.#context, tenant, { anyway: !this.#reported.has(tenant) }));
      this.#reported.add(tenant);
    }
  }

  #show(tenant: string, { state, reason, since, lastSuccess, figures }: Described): void {
    const { health, metrics } = this.#context;
    const healthy = state === 'ready' && reason === undefined;
    const detail = reason ?? (healthy ? undefined : 'the mirror of the directory is loading');
    health.set(`directory ${tenant}`, {
      state: healthy ? 'ok' : 'waiting',
      detail,
      since: since.toISOString(),
      lastSuccess: lastSuccess?.toISOString(),
    });
    metrics.ready.set({ tenant }, state === 'ready' ? 1 : 0);
    for (const [kind, count] of Object.entries(figures)) metrics.objects.set({ tenant, kind }, count);
  }

  async #open(tenant: string, kind: Kind): Promise<void> {
    const { database, graph, log, settings } = this.#context;
    const name = `${plural(kind)} of tenant ${tenant}`;
    if (!graph.has(tenant) || this.#loops.has(name)) return;
    await ensureFeed(database, tenant, kind);
    if (!this.#started || this.#loops.has(name)) return;
    const mirror = new FeedMirror(this.#context, tenant, kind);
    const everyMs = Math.min(5_000, Math.max(20, settings.feedEveryMs / 6));
    const tick = (signal: AbortSignal): Promise<boolean | Idle> => {
      setMaxListeners(0, signal);
      return mirror.round(signal);
    };
    const loop = new Loop({ name, everyMs, tick, log });
    this.#loops.set(name, loop);
    loop.start();
  }
}
