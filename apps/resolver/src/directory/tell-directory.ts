import { encodeEvent, TOPICS } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import type { Tx } from '@collection-sync/postgres';
import { SERVICE, type ResolverContext } from '../context.js';
import { lockDirectory, type DirectoryRow } from '../sql/lock-directory.js';
import { readFeeds } from '../sql/read-feeds.js';
import { storeDirectory } from '../sql/store-directory.js';
import { describeDirectory, type Described } from './describe-directory.js';

export interface TellOptions {
  /** tell it within this transaction */
  readonly tx?: Tx;
  /** tell it even if it is as told before */
  readonly anyway?: boolean;
  /** its progress has changed */
  readonly progress?: boolean;
}

/** Tells the state of a tenant's mirrors when it has changed, or was last told too long ago; answers what it is. */
export const tellDirectory = (
  context: ResolverContext,
  tenant: string,
  options: TellOptions = {},
): Promise<Described> => {
  const { database, outbox, graph, settings } = context;
  const tell = async (tx: Tx): Promise<Described> => {
    const before = await lockDirectory(tx, tenant);
    const feeds = await readFeeds(tx, tenant);
    const configured = graph.has(tenant);
    const now = describeDirectory(before, feeds, { configured, unavailableAfterMs: settings.unavailableAfterMs });
    const due = before.toldMsAgo === null || before.toldMsAgo < 0 || before.toldMsAgo >= settings.tellEveryMs;
    if (!(options.anyway || options.progress || due || differs(before, now))) return now;
    const number = await storeDirectory(tx, tenant, now);
    const { readyKinds: _, since, ...told } = now;
    const checkedAt = feeds.reduce((latest, { checkedAt: at }) => (at && at > latest ? at : latest), since);
    const event = {
      ...told,
      kind: 'directory' as const,
      name: tenant,
      since: since.toISOString(),
      checkedAt: (checkedAt > before.now ? before.now : checkedAt).toISOString(),
      number,
    };
    await outbox.add(tx, [encodeEvent(TOPICS.upstream, event, SERVICE, traceparent())]);
    return now;
  };
  return options.tx ? tell(options.tx) : database.transaction(tell);
};

const differs = (before: DirectoryRow, now: Described): boolean =>
  before.state !== now.state ||
  before.since.getTime() !== now.since.getTime() ||
  before.readyKinds.join() !== now.readyKinds.join() ||
  before.code !== (now.code ?? null) ||
  before.reason !== (now.reason ?? null);
