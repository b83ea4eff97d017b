import { randomUUID } from 'node:crypto';
import { CHUNK_MEMBERS, type MemberOutcome } from '@collection-sync/core';
import { keepLeavingWithoutObject } from '../store/merging.js';
import { outcomesOf, type Selection } from '../store/outcomes.js';
import type { TargetSession } from '../target-session.js';

/** Reads outcomes page by page: the next one begins after the last of the page before. */
async function* pagesOf({ tx, target }: TargetSession, selection: Selection): AsyncGenerator<MemberOutcome[]> {
  for (let last: MemberOutcome | undefined; ;) {
    const page = await outcomesOf(tx, target.id, selection, last);
    if (page.length > 0) yield page;
    if (page.length < CHUNK_MEMBERS) return;
    last = page.at(-1);
  }
}

const reportPages = async (
  session: TargetSession,
  selection: Selection,
  as: (outcome: MemberOutcome) => MemberOutcome = (outcome) => outcome,
): Promise<void> => {
  for await (const page of pagesOf(session, selection)) {
    session.report.results(page.map(as));
    await session.report.flush(session.tx);
  }
};

/** The same as a part of the snapshot that `id` names. */
const reportPart = async (session: TargetSession, selection: Selection, id: string): Promise<void> => {
  for await (const page of pagesOf(session, selection)) {
    session.report.results(page, { id, last: false });
    await session.report.flush(session.tx);
  }
};

/** Who is there and not wanted; with that the snapshot is whole, and what no part of it names is gone. */
export const closeSnapshot = async (session: TargetSession, id: string): Promise<void> => {
  await reportPart(session, 'unwanted', id);
  session.report.results([], { id, last: true });
  await session.report.flush(session.tx);
};

/** How far a snapshot of the ledger has come. */
export interface SnapshotProgress {
  readonly id: string;
  readonly part: number;
  /** the last resource reported */
  readonly resource: number;
}

const FIRST = { part: 0, resource: -1 };

/** Reports the next `pages` of the whole ledger, in order of the resources. Returns where to go on, undefined at its end. */
export const reportSnapshotStep = async (
  session: TargetSession,
  begun: SnapshotProgress = { ...FIRST, id: randomUUID() },
  pages = 10,
): Promise<SnapshotProgress | undefined> => {
  const { tx, target, report } = session;
  const { id } = begun;
  let { resource } = begun;
  for (let reported = 0; reported < pages; reported += 1) {
    const page = await outcomesOf(tx, target.id, 'members', { resource, object: null });
    if (page.length > 0) {
      report.results(page, { id, last: false });
      await report.flush(tx);
    }
    if (page.length < CHUNK_MEMBERS) {
      await closeSnapshot(session, id);
      return undefined;
    }
    resource = page.at(-1)?.resource ?? resource;
  }
  return { id, part: report.part, resource };
};

/** Reports the whole ledger at once. */
export const reportSnapshot = async (session: TargetSession): Promise<void> => {
  await reportSnapshotStep(session, undefined, Number.POSITIVE_INFINITY);
};

/** What became of the members that the chunks being merged name; as a part of a snapshot, or without one. */
export const reportIncoming = (session: TargetSession, snapshot?: string): Promise<void> =>
  snapshot === undefined ? reportPages(session, 'incoming') : reportPart(session, 'incoming', snapshot);

/** Reports what a delta took away. */
export const reportLeaving = async (session: TargetSession): Promise<void> => {
  await reportUnwantedNow(session);
  await keepLeavingWithoutObject(session.tx);
  await reportPages(session, 'leaving');
};

/** Reports everything that a comparison with the group touched. */
export const reportCompared = async (session: TargetSession): Promise<void> => {
  await reportPages(session, 'touchedMembers');
  await reportPages(session, 'touchedUnwanted');
};

/** Reports what just became unwanted. */
export const reportUnwantedNow = (session: TargetSession): Promise<void> => reportPages(session, 'unwantedNow');

/** Reports the objects of a plan, as they are or, with `as`, as they are about to be. */
export const reportPlan = (
  session: TargetSession,
  plan: string,
  as?: (outcome: MemberOutcome) => MemberOutcome,
): Promise<void> => reportPages(session, { plan }, as);
