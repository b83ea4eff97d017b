import { setMaxListeners } from 'node:events';
import type { Mapping } from '@collection-sync/core';
import { Loop, type Worker } from '@collection-sync/platform';
import type { ResolverContext } from '../context.js';
import { FeedMirror } from '../mirror/feed-mirror.js';
import { KINDS, plural, type Kind } from '../mirror/kinds.js';
import { ensureFeed } from '../sql/ensure-feed.js';
import { forgetDeleted } from '../sql/forget-deleted.js';
import { readFeeds } from '../sql/read-feeds.js';
import type { Described } from './describe-directory.js';
import { KnownTenants } from './known-tenants.js';
import { tellDirectory } from './tell-directory.js';

const HOUR = 3_600_000;

/**
 * The mirrors of all tenants: devices in each one configured, users wherever a user collection is mapped or once was. Each has a loop of
 * its own, so that a tenant that is away holds up no other.
 */
export class Directories implements Worker {
  private readonly known = new KnownTenants();
  private readonly loops = new Map<string, Loop>();
  private readonly upkeep: Loop[];
  private readonly told = new Set<string>();
  private started = false;

  constructor(private readonly context: ResolverContext) {
    const { database, log, settings } = context;
    this.upkeep = [
      new Loop({
        name: 'state of the directories',
        everyMs: Math.min(5_000, settings.tellEveryMs),
        tick: () => this.tell(),
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
      if (this.known.learn(mapping) && this.started) await this.open(mapping.tenant, mapping.collectionType);
    }
  }

  start(): void {
    this.started = true;
    for (const loop of this.upkeep) loop.start();
  }

  async stop(): Promise<void> {
    this.started = false;
    await Promise.all([...this.upkeep, ...this.loops.values()].map((loop) => loop.stop()));
  }

  /** Opens what is missing, then tells every state that is due: at first all of them. */
  private async tell(): Promise<void> {
    const { graph } = this.context;
    for (const tenant of graph.tenants()) {
      const feeds = await readFeeds(this.context.database, tenant);
      for (const kind of KINDS) {
        const mirrored = feeds.some((feed) => feed.kind === kind);
        if (kind === 'device' || mirrored || this.known.needs(tenant, kind)) await this.open(tenant, kind);
      }
    }
    for (const tenant of new Set([...graph.tenants(), ...this.known.tenants()])) {
      this.show(tenant, await tellDirectory(this.context, tenant, { anyway: !this.told.has(tenant) }));
      this.told.add(tenant);
    }
  }

  private show(tenant: string, { state, reason, figures }: Described): void {
    const { health, metrics } = this.context;
    const healthy = state === 'ready' && reason === undefined;
    const detail = reason ?? (healthy ? undefined : 'the mirror of the directory is loading');
    health.set(`directory ${tenant}`, { state: healthy ? 'ok' : 'waiting', detail });
    metrics.ready.set({ tenant }, state === 'ready' ? 1 : 0);
    for (const [kind, count] of Object.entries(figures)) metrics.objects.set({ tenant, kind }, count);
  }

  private async open(tenant: string, kind: Kind): Promise<void> {
    const { database, graph, log, settings } = this.context;
    const name = `${plural(kind)} of tenant ${tenant}`;
    if (!graph.has(tenant) || this.loops.has(name)) return;
    await ensureFeed(database, tenant, kind);
    if (!this.started || this.loops.has(name)) return;
    const mirror = new FeedMirror(this.context, tenant, kind);
    const everyMs = Math.min(5_000, Math.max(20, settings.feedEveryMs / 6));
    const loop = new Loop({ name, everyMs, tick: (signal) => this.round(mirror, signal), log });
    this.loops.set(name, loop);
    loop.start();
  }

  private round(mirror: FeedMirror, signal: AbortSignal): Promise<boolean> {
    setMaxListeners(0, signal);
    return mirror.round(signal);
  }
}
