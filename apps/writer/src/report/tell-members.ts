import { randomUUID } from 'node:crypto';
import { CHUNK_MEMBERS, type MemberOutcome } from '@collection-sync/core';
import type { Tx } from '@collection-sync/postgres';
import { START } from '../sql/entries.js';
import {
  outcomesOfIncoming,
  outcomesOfLeaving,
  outcomesOfMembers,
  outcomesOfPlan,
  outcomesOfTouched,
  outcomesOfTouchedMembers,
  outcomesOfTouchedUnwanted,
  outcomesOfUnwanted,
} from '../sql/outcomes.js';
import type { Target } from '../sql/targets.js';
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

const members = (tx: Tx, target: Target): Reader => {
  return (last) => outcomesOfMembers(tx, target.id, last?.resource ?? -1, CHUNK_MEMBERS);
};

const unwanted = (tx: Tx, target: Target): Reader => {
  return (last) => outcomesOfUnwanted(tx, target.id, last?.object ?? START, CHUNK_MEMBERS);
};

/** Tells the whole ledger: what the parts do not name is gone. */
export const tellSnapshot = async (tx: Tx, target: Target, report: Report): Promise<void> => {
  const id = randomUUID();
  for (const reader of [members(tx, target), unwanted(tx, target)]) {
    for await (const page of pagesOf(reader)) {
      report.results(page, { snapshot: { id, last: false } });
      await report.flush(tx);
    }
  }
  report.results([], { snapshot: { id, last: true } });
  await report.flush(tx);
};

/** Tells what the delta just merged changed. */
export const tellDelta = async (tx: Tx, target: Target, report: Report): Promise<void> => {
  const readers: Reader[] = [
    (last) => outcomesOfIncoming(tx, target.id, last?.resource ?? -1, CHUNK_MEMBERS),
    (last) => outcomesOfTouched(tx, target.id, last?.object ?? START, CHUNK_MEMBERS),
    (last) => outcomesOfLeaving(tx, target.id, last?.resource ?? -1, CHUNK_MEMBERS),
  ];
  for (const reader of readers) await tell(tx, report, reader);
};

/** Tells everything that a comparison with the group touched. */
export const tellCompared = async (tx: Tx, target: Target, report: Report): Promise<void> => {
  await tell(tx, report, (last) => outcomesOfTouchedMembers(tx, target.id, last?.resource ?? -1, CHUNK_MEMBERS));
  await tell(tx, report, (last) => outcomesOfTouchedUnwanted(tx, target.id, last?.object ?? START, CHUNK_MEMBERS));
};

/** Tells what just became unwanted. */
export const tellTouched = (tx: Tx, target: Target, report: Report): Promise<void> =>
  tell(tx, report, (last) => outcomesOfTouched(tx, target.id, last?.object ?? START, CHUNK_MEMBERS));

/** Tells the objects of a plan, as they are or, with `as`, as they are about to be. */
export const tellPlan = (
  tx: Tx,
  target: Target,
  plan: string,
  report: Report,
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
