import { ERRORS, type Upstream } from '@collection-sync/core';
import type { DirectoryRow } from '../store/directories.js';
import type { FeedRow } from '../store/feeds.js';
import { plural, type Kind } from '../store/kinds.js';

export type Described = Pick<Upstream, 'state' | 'code' | 'reason' | 'progress' | 'figures'> & {
  readonly since: Date;
  /** when Graph last answered for any of its kinds */
  readonly lastSuccess: Date | null;
  readonly readyKinds: readonly Kind[];
};

export interface DescribeOptions {
  /** a credential is configured */
  readonly configured: boolean;
  readonly unavailableAfterMs: number;
  /** members are resolved in another way than before */
  readonly restart?: boolean | undefined;
}

/**
 * One state for the mirrors of a tenant. It is ready as soon as one kind is: what loads holds up nobody else's members, and chunks of its
 * kind are dropped until it is ready. Whenever one more kind becomes ready, or members are resolved in another way than before, the state
 * begins again: every target is sent its content then.
 */
export const describeDirectory = (
  before: DirectoryRow,
  feeds: readonly FeedRow[],
  options: DescribeOptions,
): Described => {
  const failing = feeds.filter(
    (feed) => feed.failingMs !== null && (!feed.ready || feed.failingMs >= options.unavailableAfterMs),
  );
  const ready = options.configured ? feeds.filter((feed) => feed.ready && !failing.includes(feed)) : [];
  const readyKinds = ready.map((feed) => feed.kind);
  const [failed] = failing;
  const state = ready.length > 0 ? 'ready' : failed || !options.configured ? 'unavailable' : 'loading';
  const joined = readyKinds.some((kind) => !before.readyKinds.includes(kind));
  const fault = options.configured
    ? ((failed && { code: failed.code ?? 'INTERNAL', reason: failed.reason ?? '' }) ??
      doubtOf(feeds) ??
      leftOutOf(feeds))
    : UNCONFIGURED;
  return {
    state,
    ...fault,
    since: before.state === state && !joined && !options.restart ? before.since : before.now,
    lastSuccess: latest(feeds.map(({ checkedAt }) => checkedAt)),
    readyKinds,
    progress: progressOf(feeds),
    figures: Object.fromEntries(feeds.map((feed) => [plural(feed.kind), feed.objects])),
  };
};

const latest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce((last, time) => (time && (!last || time > last) ? time : last), null);

const UNCONFIGURED = {
  code: 'GRAPH_SIGN_IN_REFUSED',
  reason: `No credential is configured for this tenant. ${ERRORS.GRAPH_SIGN_IN_REFUSED.advice}`,
};

const doubtOf = (feeds: readonly FeedRow[]): Pick<Described, 'code' | 'reason'> | undefined => {
  const doubt = feeds.find((feed) => feed.doubt !== null)?.doubt;
  return doubt
    ? { code: 'GRAPH_LISTING_DOUBTED', reason: `${doubt} ${ERRORS.GRAPH_LISTING_DOUBTED.advice}` }
    : undefined;
};

const leftOutOf = (feeds: readonly FeedRow[]): Pick<Described, 'code' | 'reason'> | undefined => {
  const feed = feeds.find(({ leftOut }) => leftOut > 0);
  return feed
    ? {
        code: 'GRAPH_LISTING_INCOMPLETE',
        reason: `${unreadable(feed.kind, feed.leftOut)} ${ERRORS.GRAPH_LISTING_INCOMPLETE.advice}`,
      }
    : undefined;
};

const progressOf = (feeds: readonly FeedRow[]): Upstream['progress'] => {
  const reading = feeds.find((feed) => !feed.ready) ?? feeds.find((feed) => feed.phase !== 'delta');
  if (!reading) return undefined;
  return { done: reading.done, total: reading.ready ? reading.objects : null, unit: plural(reading.kind) };
};

export const unreadable = (kind: Kind, leftOut: number): string =>
  `Microsoft Graph listed ${leftOut} ${plural(kind)} that cannot be read: without an id, or with something else where a key belongs.`;
