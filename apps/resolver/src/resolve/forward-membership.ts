import {
  AppError,
  encodeEvent,
  TOPICS,
  type HandlerContext,
  type Member,
  type MembershipDelta,
  type OutgoingRecord,
  type Received,
  type ResolvedMember,
} from '@collection-sync/core';
import { SERVICE, type ResolverContext } from '../context.js';
import { ensureFeed } from '../store/feeds.js';
import { KINDS, type Kind } from '../store/kinds.js';
import { reportDirectory } from '../report/report-directory.js';
import { lockDirectory, storeSiteIds, type SiteIds } from '../store/directories.js';
import { readSnapshot, type Keys, type Snapshot } from '../store/objects.js';
import { Findings, judgeMember } from './judge-member.js';
import { keysOf } from './keys-of.js';
import { describeSiteIds, isSame, learnSiteIds } from './site-ids.js';

type Chunk = Received<typeof TOPICS.membershipDelta>;
type Context = Pick<HandlerContext<typeof TOPICS.membershipDelta>, 'deadLetter' | 'signal'>;
type Delivery = MembershipDelta['targets'][number];
type TenantSnapshot = Snapshot & { readonly findings: Findings };

/** Chunks are resolved and published together up to this many members. */
const GROUP_MEMBERS = 2_000;
/** A record that appeared longer ago than this is no late joiner any more. */
const LATE_JOIN_MS = 24 * 3_600_000;

/**
 * Turns chunks about a collection into chunks about each of its targets, in their order, within the handler: what has been published is what
 * has been consumed. Microsoft Graph is not asked. A chunk whose mirror is not ready is dropped: unknown is never empty, and capture
 * sends everything when the mirror becomes ready, previews too. What a preview needs is mirrored from then on.
 */
export class ForwardMembership {
  readonly #context: ResolverContext;

  constructor(context: ResolverContext) {
    this.#context = context;
  }

  /** @throws AppError DATABASE_UNAVAILABLE, BUS_UNAVAILABLE (retryable: the same chunks come again) */
  async forward(chunks: readonly Chunk[], context: Context): Promise<void> {
    for (const group of grouped(chunks)) {
      if (context.signal.aborted) {
        throw new AppError('SHUTTING_DOWN', 'the chunks left are taken by another replica');
      }
      await this.#forwardGroup(group).catch((error: unknown) => this.#forwardSingly(group, context, error));
    }
  }

  /** A record that the bus refuses for good must not hold up the others: its target is sent everything again after the gap. */
  async #forwardSingly(chunks: readonly Chunk[], context: Context, cause: unknown): Promise<void> {
    if (!isRefusal(cause)) throw cause;
    for (const chunk of chunks) {
      try {
        await this.#forwardGroup([chunk]);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        await context.deadLetter(chunk, error.code, error.message);
      }
    }
  }

  async #forwardGroup(chunks: readonly Chunk[]): Promise<void> {
    const { publisher, settings, metrics } = this.#context;
    const snapshots = await this.#snapshots(chunks);
    await settings.onPoint?.('resolver.resolved');
    const records: OutgoingRecord[] = [];
    for (const chunk of chunks) {
      for (const target of chunk.event.targets) {
        const snapshot = snapshots.get(target.tenant);
        const ready = snapshot && isReady(snapshot, chunk.event);
        const record = ready ? this.#resolve(chunk, target, snapshot) : undefined;
        if (record) records.push(record);
        else await this.#drop(chunk.event, target);
      }
    }
    if (records.length === 0) return;
    await publisher.publish(records);
    metrics.chunks.inc({ outcome: 'forwarded' }, records.length);
    await settings.onPoint?.('resolver.forwarded');
  }

  /** One for each tenant with a credential. */
  async #snapshots(chunks: readonly Chunk[]): Promise<Map<string, TenantSnapshot>> {
    const { database, graph } = this.#context;
    const snapshots = new Map<string, TenantSnapshot>();
    const tenants = new Set(chunks.flatMap(({ event }) => event.targets.map(({ tenant }) => tenant)));
    for (const tenant of tenants) {
      if (!graph.has(tenant)) continue;
      const keys = keysOf(membersFor(chunks, tenant), tenant);
      const snapshot = await readSnapshot(database, tenant, keys);
      const siteIds = await this.#learnSiteIds(tenant, keys, snapshot);
      snapshots.set(tenant, { ...snapshot, findings: new Findings(snapshot.found, siteIds) });
    }
    return snapshots;
  }

  /** Probed by what is resolved anyway, and kept: members are resolved, and the directory's changes announced, by what the site may know. */
  async #learnSiteIds(tenant: string, keys: Keys, snapshot: Snapshot): Promise<SiteIds> {
    const { database, log } = this.#context;
    if (isSame(learnSiteIds(snapshot.siteIds, keys, snapshot), snapshot.siteIds)) return snapshot.siteIds;
    const { known, learnt } = await database.transaction(async (tx) => {
      const { siteIds: known } = await lockDirectory(tx, tenant);
      const learnt = learnSiteIds(known, keys, snapshot);
      if (isSame(learnt, known)) return { known, learnt };
      await storeSiteIds(tx, tenant, learnt);
      const restart = (learnt.users === 'unknown') !== (known.users === 'unknown');
      await reportDirectory(this.#context, tenant, { tx, anyway: true, restart });
      return { known, learnt };
    });
    if (!isSame(learnt, known)) log.info({ tenant, ...learnt }, describeSiteIds(learnt));
    return learnt;
  }

  #resolve({ event, headers }: Chunk, target: Delivery, { findings }: TenantSnapshot): OutgoingRecord {
    const { metrics } = this.#context;
    const { targets: _, adds, ...part } = event;
    const reasons = new Map<string, number>();
    const members = adds.map((member): ResolvedMember => {
      const verdict = judgeMember(member, target, findings);
      const appearedAt = verdict.reason === undefined ? recent(verdict.appearedAt) : undefined;
      const label = verdict.reason ?? 'resolved';
      reasons.set(label, (reasons.get(label) ?? 0) + 1);
      if (appearedAt && event.content === 'delta')
        metrics.lateJoin.observe((Date.now() - appearedAt.getTime()) / 1_000);
      const { object, reason } = verdict;
      const candidates = 'candidates' in verdict ? verdict.candidates : undefined;
      return { ...named(member), object, reason, candidates, appearedAt: appearedAt?.toISOString() };
    });
    for (const [reason, count] of reasons) metrics.members.inc({ reason }, count);
    return encodeEvent(TOPICS.membershipChange, { ...part, ...target, adds: members }, SERVICE, headers['traceparent']);
  }

  async #drop(event: MembershipDelta, { target, tenant }: Delivery): Promise<void> {
    const { database, graph, log, metrics } = this.#context;
    const { transfer, chunk, collection, collectionType } = event;
    if (event.mode === 'preview' && graph.has(tenant)) {
      for (const kind of KINDS) if (needs(event, kind)) await ensureFeed(database, tenant, kind);
    }
    metrics.chunks.inc({ outcome: 'dropped' });
    const about = { transfer, chunk, collection, collectionType, target, tenant };
    if (chunk === 0)
      log.warn(about, 'dropped a transfer: the mirror of its tenant is not ready; capture sends it again');
    else log.debug(about, 'dropped a chunk: the mirror of its tenant is not ready');
  }
}

const named = ({ resource, kind, name }: Member) => ({ resource, kind, name });

const recent = (at: Date | undefined): Date | undefined => {
  const age = at === undefined ? -1 : Date.now() - at.getTime();
  return age >= 0 && age < LATE_JOIN_MS ? at : undefined;
};

const isRefusal = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'BUS_RECORD_REFUSED';

const isFor = (event: MembershipDelta, tenant: string): boolean =>
  event.targets.some((target) => target.tenant === tenant);

/** Content without one member needs the mirror of its kind as well, so that no chunk overtakes readiness. */
const isReady = (snapshot: Snapshot, event: MembershipDelta): boolean =>
  (snapshot.deviceReady || !needs(event, 'device')) && (snapshot.userReady || !needs(event, 'user'));

const needs = ({ collectionType, adds }: MembershipDelta, kind: Kind): boolean =>
  collectionType === kind || adds.some((member) => member.kind === kind);

const membersFor = (chunks: readonly Chunk[], tenant: string): Member[] =>
  chunks.filter(({ event }) => isFor(event, tenant)).flatMap(({ event }) => event.adds);

function* grouped(chunks: readonly Chunk[]): Generator<Chunk[]> {
  let group: Chunk[] = [];
  let members = 0;
  for (const chunk of chunks) {
    const size = (chunk.event.adds.length + chunk.event.removes.length) * chunk.event.targets.length;
    if (group.length > 0 && members + size > GROUP_MEMBERS) {
      yield group;
      group = [];
      members = 0;
    }
    group.push(chunk);
    members += size;
  }
  if (group.length > 0) yield group;
}
