import { encodeEvent, TOPICS } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import type { Tx } from '@collection-sync/postgres';
import { SERVICE, type ResolverContext } from '../context.js';
import { lockDirectory, storeReport, type DirectoryRow } from '../store/directories.js';
import { readFeeds } from '../store/feeds.js';
import { describeDirectory, type Described } from './describe-directory.js';

export interface ReportOptions {
  /** report within this transaction */
  readonly tx?: Tx;
  /** report even if nothing has changed */
  readonly anyway?: boolean;
  /** its progress has changed */
  readonly progress?: boolean;
  /** members are resolved in another way than before: the state begins again */
  readonly restart?: boolean;
}

/** Publishes the state of a tenant's mirrors when it has changed, or was last reported too long ago; returns what it is. */
export const reportDirectory = (
  context: ResolverContext,
  tenant: string,
  options: ReportOptions = {},
): Promise<Described> => {
  const { database, outbox, graph, settings } = context;
  const report = async (tx: Tx): Promise<Described> => {
    const before = await lockDirectory(tx, tenant);
    const feeds = await readFeeds(tx, tenant);
    const configured = graph.has(tenant);
    const { unavailableAfterMs } = settings;
    const now = describeDirectory(before, feeds, { configured, unavailableAfterMs, restart: options.restart });
    const { reportedMsAgo: ago } = before;
    const due = ago === null || ago < 0 || ago >= settings.reportEveryMs;
    if (!(options.anyway || options.progress || due || differs(before, now))) return now;
    const sequence = await storeReport(tx, tenant, now);
    const { readyKinds: _, since, lastSuccess, ...described } = now;
    const checkedAt = lastSuccess && lastSuccess > since ? lastSuccess : since;
    const event = {
      ...described,
      kind: 'directory' as const,
      name: tenant,
      siteIds: before.siteIds,
      since: since.toISOString(),
      checkedAt: (checkedAt > before.now ? before.now : checkedAt).toISOString(),
      ...(lastSuccess ? { lastSuccess: lastSuccess.toISOString() } : {}),
      sequence,
    };
    await outbox.add(tx, [encodeEvent(TOPICS.upstream, event, SERVICE, traceparent())]);
    return now;
  };
  return options.tx ? report(options.tx) : database.transaction(report);
};

const differs = (before: DirectoryRow, now: Described): boolean =>
  before.state !== now.state ||
  before.since.getTime() !== now.since.getTime() ||
  before.readyKinds.join() !== now.readyKinds.join() ||
  before.code !== (now.code ?? null) ||
  before.reason !== (now.reason ?? null);
