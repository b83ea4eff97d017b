import {
  BULK_LEAVES,
  type BudgetLimits,
  type BudgetState,
  type Cost,
  type Feedback,
  type TrafficClass,
} from '@collection-sync/core';

/** A ticket that was silent for longer has lost its place. */
export const SILENT_MS = 10_000;

/** Nobody is told to wait for longer, so that no waiting ticket falls silent. */
export const LONGEST_WAIT_MS = 5_000;

/** A ticket whose turn is next but for others that are late asks again after this long, times how many they are, up to a second. */
export const SHORTEST_WAIT_MS = 20;

/** A longer Retry-After is not believed. */
export const LONGEST_BLOCK_MS = 15 * 60_000;

/**
 * The wait after a 429 that names none: 5 s, doubled with each further one up to the write window. Graph asks for exponential backoff
 * then, https://learn.microsoft.com/graph/throttling#best-practices-to-handle-throttling
 */
export const FIRST_BACKOFF_MS = 5_000;

/** Reads leave this many resource units to writes, which need few. */
export const READS_LEAVE: Readonly<Record<TrafficClass, number>> = { interactive: 100, bulk: 200 };

/** What Graph tells about the bucket is rounded, and late by a call. */
export const PERCENTAGE_TOLERANCE = 0.1;
export const BRAKE_FROM = 0.8;

/** Graph names a percentage from 0.8 on: https://learn.microsoft.com/graph/throttling#regular-responses-requests */
export const FREE_WHEN_QUIET = 0.2;

/** A PATCH of 20 binds weighs at most this: 20 / 3, rounded up. */
export const HEAVIEST_PATCH = 7;

/** After this long without another raise a PATCH is tried one unit lighter. */
export const LIGHTER_AFTER_MS = 60 * 60_000;

/** Below this share of the bucket spent, a 429 contradicts the books. */
export const ROOM_BELOW = 0.9;

interface Waiting {
  trafficClass: TrafficClass;
  ticket: string;
  writes: number;
  units: number;
  seen: number;
}

/** What is known about the quota of one account. Times are milliseconds of one clock. */
export interface Book {
  writes: number;
  units: number;
  /** booked writes that have not been refilled since, reckoned from a full bucket */
  spent: number;
  /** refilled up to here; later than now only while blocked */
  at: number;
  /** how fast it refills, 1 = as documented */
  pace: number;
  blocked: number;
  backoffs: number;
  throttled: number;
  weight: number;
  weighed: number;
  /** what Graph knows of it: 0 nothing was asked yet, 1 writes are on their way, 2 they were answered */
  known: number;
  /** in order of arrival */
  waiting: Waiting[];
}

export const newBook = (now: number): Book => ({
  writes: 0,
  units: 0,
  spent: 0,
  at: now,
  pace: 1,
  blocked: 0,
  backoffs: 0,
  throttled: 0,
  weight: 1,
  weighed: now,
  known: 0,
  waiting: [],
});

interface Size {
  readonly writes: number;
  readonly units: number;
  readonly writesPerMs: number;
  readonly unitsPerMs: number;
}

const sizeOf = (limits: BudgetLimits): Size => {
  const share = Math.min(1, Math.max(0, 1 - limits.reserve));
  const writes = Math.max(1, limits.writes * share);
  const units = Math.max(1, limits.units * share);
  return { writes, units, writesPerMs: writes / limits.writeWindowMs, unitsPerMs: units / limits.unitWindowMs };
};

/** Brings a book up to now. A stamp in the future is now, but for the end of a block. */
const refillUntil = (book: Book, limits: BudgetLimits, now: number): void => {
  const size = sizeOf(limits);
  book.blocked = Math.min(book.blocked, now + LONGEST_BLOCK_MS);
  book.at = Math.min(book.at, Math.max(now, book.blocked));
  const elapsed = Math.max(0, now - book.at);
  book.writes = Math.min(size.writes, book.writes + elapsed * size.writesPerMs * book.pace);
  book.units = Math.min(size.units, book.units + elapsed * size.unitsPerMs * book.pace);
  book.spent = Math.max(0, book.spent - elapsed * size.writesPerMs);
  book.pace = Math.min(1, book.pace + elapsed / limits.writeWindowMs);
  book.at = Math.max(book.at, now);
  book.weighed = Math.min(book.weighed, now);
  const lighter = Math.floor((now - book.weighed) / LIGHTER_AFTER_MS);
  book.weight = Math.max(1, book.weight - lighter);
  book.weighed += lighter * LIGHTER_AFTER_MS;
  book.waiting = book.waiting.filter((one) => now - one.seen <= SILENT_MS);
  for (const one of book.waiting) one.seen = Math.min(one.seen, now);
};

/** Writes and reads do not queue for each other. */
const isBefore = (other: Waiting, own: Waiting): boolean =>
  other.writes > 0 === own.writes > 0 &&
  (other.trafficClass === own.trafficClass || other.trafficClass === 'interactive');

/** 0 when taken, else the milliseconds to wait. */
export const ask = (
  book: Book,
  limits: BudgetLimits,
  now: number,
  trafficClass: TrafficClass,
  ticket: string,
  cost: Cost,
): number => {
  refillUntil(book, limits, now);
  const size = sizeOf(limits);
  let at = book.waiting.findIndex((one) => one.trafficClass === trafficClass && one.ticket === ticket);
  if (at < 0) at = book.waiting.push({ trafficClass, ticket, writes: 0, units: 0, seen: now }) - 1;
  const own = book.waiting[at] as Waiting;
  Object.assign(own, { writes: cost.writes, units: cost.units, seen: now });

  let others = 0;
  let writes = -book.writes;
  let units = -book.units;
  book.waiting.forEach((one, index) => {
    if (index === at || !isBefore(one, own) || (one.trafficClass === trafficClass && index > at)) return;
    others += 1;
    writes += one.writes;
    units += one.units;
  });
  if (own.writes > 0)
    writes += Math.min(size.writes, own.writes + (trafficClass === 'bulk' && book.known > 0 ? BULK_LEAVES : 0));
  else writes = 0;
  units += Math.min(size.units, own.units + (own.writes > 0 ? 0 : READS_LEAVE[trafficClass]));

  const refill = Math.max(writes / size.writesPerMs, units / size.unitsPerMs) / book.pace;
  const blocked = Math.max(0, book.blocked - now);
  if (others === 0 && blocked === 0 && refill <= 1e-6) {
    book.waiting.splice(at, 1);
    book.writes -= own.writes;
    book.units -= own.units;
    book.spent = Math.min(size.writes, book.spent + own.writes);
    if (own.writes > 0) book.known = Math.max(1, book.known);
    return 0;
  }
  const wait = Math.max(blocked, refill > 0 ? book.at - now + refill : 0);
  const least = Math.min(1_000, SHORTEST_WAIT_MS * Math.max(1, others));
  return Math.ceil(Math.min(LONGEST_WAIT_MS, Math.max(least, wait)) - 1e-6);
};

export const forget = (
  book: Book,
  limits: BudgetLimits,
  now: number,
  trafficClass: TrafficClass,
  ticket: string,
): void => {
  refillUntil(book, limits, now);
  book.waiting = book.waiting.filter((one) => one.trafficClass !== trafficClass || one.ticket !== ticket);
};

/**
 * From 80 % on the bucket is never fuller than what Graph says is left, give or take a tenth; past 100 % (that share of requests is
 * refused) it also refills more slowly, by 1 / percentage, which wears off within a window. A 429 blocks everything until its
 * Retry-After, and the bucket is empty then. A 429 for the quota while the books show room says that a PATCH weighs more than booked.
 * The first writes answered without a percentage show that a fifth is free, but for what was booked meanwhile.
 */
export const feedback = (book: Book, limits: BudgetLimits, now: number, said: Feedback): void => {
  refillUntil(book, limits, now);
  const percentage = said.percentage ?? 0;
  if (percentage >= BRAKE_FROM) {
    const left = Math.max(0, 1 + PERCENTAGE_TOLERANCE - percentage);
    book.writes = Math.min(book.writes, limits.writes * left);
    book.units = Math.min(book.units, limits.units * left);
    book.pace = Math.min(book.pace, 1 / Math.max(1, percentage));
  }
  if (said.quiet && book.known < 2) {
    const { writes } = sizeOf(limits);
    book.writes = Math.max(book.writes, FREE_WHEN_QUIET * writes - book.spent);
  }
  book.known = 2;
  if (said.retryAfterMs !== undefined || (said.throttledParts ?? 0) > 0) throttled(book, limits, now, said);
};

const throttled = (book: Book, limits: BudgetLimits, now: number, said: Feedback): void => {
  const news = now >= book.blocked;
  const quota = said.limit !== 'other';
  if (now - book.blocked > limits.writeWindowMs) book.backoffs = 0;
  book.throttled += Math.max(1, said.throttledParts ?? 1);
  let wait = said.retryAfterMs;
  if (wait === undefined && news) {
    wait = Math.min(limits.writeWindowMs, FIRST_BACKOFF_MS * 2 ** book.backoffs);
    book.backoffs = Math.min(20, book.backoffs + 1);
  }
  if (news && quota && book.spent < ROOM_BELOW * sizeOf(limits).writes) {
    book.weight = Math.min(HEAVIEST_PATCH, book.weight * 2);
    book.weighed = now;
  }
  book.blocked = Math.max(book.blocked, now + Math.min(LONGEST_BLOCK_MS, Math.max(0, wait ?? 0)));
  if (quota) {
    book.writes = Math.min(0, book.writes);
    book.units = Math.min(0, book.units);
    book.at = Math.max(now, book.blocked);
  }
};

export const stateOf = (book: Book, limits: BudgetLimits, now: number): BudgetState => {
  refillUntil(book, limits, now);
  return {
    writes: book.writes,
    units: book.units,
    queued: book.waiting.reduce((sum, { writes }) => sum + writes, 0),
    patchWeight: book.weight,
    blockedMs: Math.max(0, book.blocked - now),
    throttled: book.throttled,
  };
};
