import { randomUUID } from 'node:crypto';
import { CHUNK_MEMBERS, type MemberOutcome } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import { START } from '../store/entries.js';
import { keepLeavingWithoutObject } from '../store/merging.js';
import {
  outcomesOfIncoming,
  outcomesOfLeaving,
  outcomesOfMembers,
  outcomesOfPlan,
  outcomesOfTouched,
  outcomesOfTouchedMembers,
  outcomesOfTouchedUnwanted,
  outcomesOfUnwanted,
} from '../store/outcomes.js';
import type { TargetSession } from '../target-session.js';
import type { Report } from './report.js';

type Reader = (after: MemberOutcome | undefined) => Promise<MemberOutcome[]>;

/** Reads outcomes page by page: the next one begins after the last of the page before. */
async function* pagesOf(read: Reader): AsyncGenerator<MemberOutcome[]> {
  for (let last: MemberOutcome | undefined; ;) {
    const page = await read(last);
    if (page.length > 0) yield page;
    if (page.length < CHUNK_MEMBERS) return;
    last = page.at(-1);
  }
}

/** Members as a part of the telling of the whole ledger that `id` names, in order of their resources. */
const reportPart = async (tx: Tx, report: Report, id: string, reader: Reader): Promise<void> => {
  for await (const page of pagesOf(reader)) {
    report.results(page, { id, last: false });
    await report.flush(tx);
  }
};

/** Who is there and not wanted; with that all is told, and what no part names is gone. */
export const closeSnapshot = async ({ tx, target, report }: TargetSession, id: string): Promise<void> => {
  await reportPart(tx, report, id, (last) => outcomesOfUnwanted(tx, target.id, last?.object ?? START, CHUNK_MEMBERS));
  report.results([], { id, last: true });
  await report.flush(tx);
};

/** How far the telling of a whole ledger has come. */
export interface SnapshotProgress {
  readonly id: string;
  readonly part: number;
  /** the last resource told */
  readonly resource: number;
}

const FIRST = { part: 0, resource: -1 };

/** Tells the next `pages` of the whole ledger, in order of the resources. Returns where to go on, undefined at its end. */
export const reportSnapshotStep = async (
  session: TargetSession,
  begun: SnapshotProgress = { ...FIRST, id: randomUUID() },
  pages = 10,
): Promise<SnapshotProgress | undefined> => {
  const { tx, target, report } = session;
  const { id } = begun;
  let { resource } = begun;
  for (let told = 0; told < pages; told += 1) {
    const page = await outcomesOfMembers(tx, target.id, resource, CHUNK_MEMBERS);
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

/** Tells the whole ledger at once. */
export const reportSnapshot = async (session: TargetSession): Promise<void> => {
  await reportSnapshotStep(session, undefined, Number.POSITIVE_INFINITY);
};

/** What became of the members that the chunks being merged name; as a part of a snapshot, or by itself. */
export const reportIncoming = ({ tx, target, report }: TargetSession, snapshot?: string): Promise<void> => {
  const reader: Reader = (last) => outcomesOfIncoming(tx, target.id, last?.resource ?? -1, CHUNK_MEMBERS);
  return snapshot === undefined ? tell(tx, report, reader) : reportPart(tx, report, snapshot, reader);
};

/** Tells what a delta took away. */
export const reportLeaving = async (session: TargetSession): Promise<void> => {
  const { tx, report } = session;
  await reportTouched(session);
  await keepLeavingWithoutObject(tx);
  await tell(tx, report, (last) => outcomesOfLeaving(tx, last?.resource ?? -1, CHUNK_MEMBERS));
};

/** Tells everything that a comparison with the group touched. */
export const reportCompared = async ({ tx, target, report }: TargetSession): Promise<void> => {
  await tell(tx, report, (last) =>
    outcomesOfTouchedMembers(
      tx,
      target.id,
      { object: last?.object ?? START, resource: last?.resource ?? -1 },
      CHUNK_MEMBERS,
    ),
  );
  await tell(tx, report, (last) => outcomesOfTouchedUnwanted(tx, target.id, last?.object ?? START, CHUNK_MEMBERS));
};

/** Tells what just became unwanted. */
export const reportTouched = ({ tx, target, report }: TargetSession): Promise<void> =>
  tell(tx, report, (last) => outcomesOfTouched(tx, target.id, last?.object ?? START, CHUNK_MEMBERS));

/** Tells the objects of a plan, as they are or, with `as`, as they are about to be. */
export const reportPlan = (
  { tx, target, report }: TargetSession,
  plan: string,
  as: (outcome: MemberOutcome) => MemberOutcome = (outcome) => outcome,
): Promise<void> =>
  tell(tx, report, (last) => outcomesOfPlan(tx, target.id, plan, last?.object ?? START, CHUNK_MEMBERS), as);

const tell = async (
  tx: Tx,
  report: Report,
  reader: Reader,
  as: (outcome: MemberOutcome) => MemberOutcome = (outcome) => outcome,
): Promise<void> => {
  for await (const page of pagesOf(reader)) {
    report.results(page.map(as));
    await report.flush(tx);
  }
};
