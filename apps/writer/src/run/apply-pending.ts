import { release } from '../release.js';
import { closeEmptied } from '../guard/plans.js';
import { countPending, selectPending, START } from '../store/pending.js';
import { joinRetries, joinSecondLooks, nextTimes } from '../store/retries.js';
import { addTally, openRun } from '../store/runs.js';
import { setDue, storeRefusals } from '../store/targets.js';
import type { ActiveRun } from './active-run.js';
import { BATCH_LIMITS, composeBatch } from './compose-batch.js';
import { completeRun } from './end-run.js';
import { Progress } from './progress.js';
import { BatchSender } from './send-batch.js';
import { Verifier } from './verify-ahead.js';

/** Sends batch after batch, one at a time, until nothing is pending; what joins meanwhile is done too. */
export const applyPending = async (active: ActiveRun): Promise<void> => {
  const progress = new Progress(active);
  const verifier = new Verifier(active, progress);
  const sender = new BatchSender(active, progress);
  const cursor = { adds: START, removes: START };
  for (;;) {
    active.throwIfStopped();
    await verifier.ahead(cursor.adds);
    const entries = await selectPending(active.writer.database, active.target, cursor, BATCH_LIMITS);
    const operations = composeBatch(entries);
    if (operations.length > 0) {
      await sender.send(operations);
      for (const { kind, objects } of operations) {
        if (kind === 'patch') cursor.adds = objects.at(-1) ?? cursor.adds;
        else if (kind === 'delete') cursor.removes = objects[0];
      }
      continue;
    }
    if (cursor.adds !== START || cursor.removes !== START) {
      cursor.adds = cursor.removes = START;
      verifier.restart();
      continue;
    }
    const next = await endIfDone(active, progress);
    if (next === 'ended') return;
    if (next > 0) await active.pause(next);
    // what was not found is looked up again before it is written again
    verifier.restart();
  }
};

/**
 * "Nothing pending" and "run ended" are one transaction. A retry that comes soon is waited for; later ones, and second looks, make the target
 * due by themselves.
 * @returns milliseconds to wait before looking again, 0 when something is pending again
 */
const endIfDone = (active: ActiveRun, progress: Progress): Promise<'ended' | number> =>
  active.fenced(async (session) => {
    const { writer, run } = active;
    const { tx, target } = session;
    const { joined, reopened } = await joinRetries(tx, target.id, run.id);
    const looks = await joinSecondLooks(tx, target.id);
    if (joined + reopened + looks > 0) await addTally(tx, run.id, { joined: joined + looks, failed: -reopened });
    const { adds, removes } = await countPending(tx, target.id);
    if (adds + removes > 0) return 0;
    const { retryInMs, knownInMs, secondLookInMs } = await nextTimes(tx, target.id);
    const { maxRetryWaitMs, maxFreshWaitMs } = writer.settings;
    if (retryInMs !== null && (retryInMs <= maxFreshWaitMs || (knownInMs ?? Infinity) <= maxRetryWaitMs)) {
      await progress.report(session);
      return Math.min(Math.max(retryInMs, 20), writer.settings.pollMs);
    }
    const account = await openRun(tx, target.id);
    if (!account) return 'ended';
    await closeEmptied(session);
    await completeRun(session, account);
    await storeRefusals(tx, target.id, 0);
    const later = [retryInMs, secondLookInMs].filter((ms) => ms !== null);
    if (later.length > 0) {
      await setDue(tx, target.id, 'incremental', retryInMs === null ? 'second look' : 'retry', Math.min(...later));
    }
    await release(session);
    tx.afterCommit(() => active.log.info({ counts: account.counts }, 'run completed'));
    return 'ended';
  });
