import type { ControlClient, JournalEntry } from '@collection-sync/simulator';

/** One `$batch` that wrote to a group, in wall-clock milliseconds. */
export interface Call {
  readonly group: string;
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The journal's stamps are whole milliseconds. */
const CLOCK_MS = 2;
const WRITES = new Set(['PATCH', 'POST', 'DELETE']);

export const calls = (journal: readonly JournalEntry[]): Call[] => {
  const batches = new Map(journal.filter(({ url }) => url.includes('$batch')).map((entry) => [entry.n, entry]));
  const parts = journal.filter(({ batch, method, group }) => batch !== undefined && group && WRITES.has(method));
  return [...Map.groupBy(parts, ({ batch, group }) => `${batch} ${group}`).values()].flatMap((same) => {
    const [{ batch = 0, group = '' } = {} as Partial<JournalEntry>] = same;
    const outer = batches.get(batch);
    if (!outer) return [];
    const to = Date.parse(outer.at);
    const added = same.flatMap((part) => part.added ?? []);
    const removed = same.flatMap((part) => part.removed ?? []);
    return [{ group, from: to - outer.ms, to, n: outer.n, added, removed }];
  });
};

/** Calls to one group that were under way at the same time: what the lease must never allow. */
export const overlapping = (all: readonly Call[]): [Call, Call][] =>
  [...Map.groupBy(all, ({ group }) => group).values()].flatMap((same) => {
    const inOrder = same.toSorted((a, b) => a.from - b.from || a.n - b.n);
    return inOrder.flatMap((call, at): [Call, Call][] => {
      const next = inOrder[at + 1];
      return next && next.from < call.to - CLOCK_MS ? [[call, next]] : [];
    });
  });

/** The journal from now on. */
export const journalFromNow = async (outside: ControlClient): Promise<() => Promise<JournalEntry[]>> => {
  const last = Math.max(0, ...(await outside.journal()).map(({ n }) => n));
  return () => outside.journal(last);
};
