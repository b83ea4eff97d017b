import { AppError, asAppError, type Operation, type Reason, backoffMs } from '@collection-sync/core';
import {
  classify,
  errorOf,
  isSuccess,
  memberPart,
  type Classified,
  type GraphAnswer,
  type WriterBooking,
} from '@collection-sync/graph';
import { traced } from '@collection-sync/platform';
import { deleteCall, insertCall } from '../store/calls.js';
import { markUnanswered, recordAnswers, type ObjectAnswer } from '../store/answers.js';
import { selectStillPending } from '../store/pending.js';
import { joinRetries } from '../store/retries.js';
import { outcomesOfObjects } from '../store/outcomes.js';
import { addTally } from '../store/runs.js';
import type { ActiveRun } from './active-run.js';
import { composeBatch, costOf } from './compose-batch.js';
import { objectsOf } from './recover-calls.js';
import type { Progress } from './progress.js';
import { readBack } from './read-back.js';
import { GroupRefused, lookAtGroup, needsRolePermission } from './refusal.js';
import { objectAnswersOf } from './object-answers.js';

/** After this many calls in a row without any answer the run ends; a later one goes on. */
const MAX_CONSECUTIVE_TIMEOUTS = 5;
const REDIS_MS = 1_000;

interface Call {
  readonly no: number;
  readonly operations: readonly Operation[];
  readonly booking: WriterBooking;
}

/** Sends the batches of one run, one at a time, each with its call row before it and its answers after it. */
export class BatchSender {
  #timeouts = 0;

  constructor(
    private readonly active: ActiveRun,
    private readonly progress: Progress,
  ) {}

  async send(wanted: readonly Operation[]): Promise<void> {
    const { active } = this;
    const booking = await active.client.book(({ patchWeight }) => costOf(wanted, patchWeight));
    await active.point('writer.booked');
    const call = await this.#writeCall(wanted, booking);
    if (!call) return;
    await active.point('writer.call-written');
    const answers = await this.#exchange(call);
    if (!answers) return;
    await active.point('writer.answer-received');
    await this.#store(call, answers);
    await active.point('writer.answers-stored');
  }

  /** The desired state may have changed while the run waited for its turn: only what is still pending is sent. */
  #writeCall(wanted: readonly Operation[], booking: WriterBooking): Promise<Call | undefined> {
    return this.active.fenced(async ({ tx, target }) => {
      const entries = await selectStillPending(tx, target.id, objectsOf(wanted));
      const operations = composeBatch(entries);
      if (operations.length === 0) return undefined;
      const no = await insertCall(tx, target.id, this.active.run.epoch, this.active.run.id, operations);
      return { no, operations, booking };
    });
  }

  /**
   * The deadline is set before the lease is checked, and looked at again right before the request leaves. Undefined when the call as a whole
   * was not answered: that is stored.
   */
  async #exchange(call: Call): Promise<Map<string, GraphAnswer> | undefined> {
    const { active } = this;
    const deadlineAt = performance.now() + active.writer.settings.deadlineMs;
    if (!(await this.#mayCall(call))) return undefined;
    const parts = call.operations.map((operation, at) =>
      memberPart(active.client, active.group, operation, String(at)),
    );
    try {
      const about = { tenant: active.tenant, run: active.run.id, parts: parts.length };
      const answers = await traced(
        'call Graph',
        about,
        async (span) => {
          const given = await active.client.batch(parts, { deadlineAt, booking: call.booking });
          span.setAttributes(answersOf(given));
          return given;
        },
        { kind: 'client' },
      );
      this.#timeouts = 0;
      return answers;
    } catch (error) {
      await this.#unanswered(call, asAppError(error));
      return undefined;
    }
  }

  /** Without Redis nothing is sent: the call that was prepared is taken back, and the run waits. */
  async #mayCall(call: Call): Promise<boolean> {
    const { active } = this;
    try {
      await active.lease.check();
      return true;
    } catch (error) {
      if (asAppError(error).code !== 'REDIS_UNAVAILABLE') throw error;
      await active.fenced(({ tx, target }) => deleteCall(tx, target.id, active.run.epoch, call.no));
      await active.pause(REDIS_MS);
      return false;
    }
  }

  async #unanswered(call: Call, error: AppError): Promise<void> {
    const { active } = this;
    active.writer.metrics.batches.inc({ tenant: active.tenant, answer: error.code });
    switch (error.code) {
      case 'GRAPH_THROTTLED': {
        const waitMs = error.retryAfterMs ?? 10_000;
        const throttled = { kind: 'retry', reason: 'Throttled', retryAfterMs: waitMs, message: error.message } as const;
        const objectAnswers = call.operations.flatMap((operation) => objectAnswersOf(operation, throttled));
        return this.#recordAnswers(call, objectAnswers, call.operations.length);
      }
      case 'GRAPH_UNAVAILABLE':
        return this.#lost(call, error);
      default:
        // the request was refused as a whole, and nothing of it done
        await active.fenced(({ tx, target }) => deleteCall(tx, target.id, active.run.epoch, call.no));
        if (error.code === 'GRAPH_SIGN_IN_REFUSED' && active.client.carriesOn()) return;
        throw error;
    }
  }

  /** Nobody knows what was done: what is wanted now is asked one by one. */
  async #lost(call: Call, error: AppError): Promise<void> {
    const { active } = this;
    await active.fenced(async (session) => {
      const { tx, target } = session;
      const objects = objectsOf(call.operations);
      await markUnanswered(tx, target.id, objects, error.message);
      await deleteCall(tx, target.id, active.run.epoch, call.no);
      await addTally(tx, active.run.id, { requests: 1, writes: call.operations.length });
      await this.progress.report(session);
    });
    this.#timeouts += 1;
    active.log.warn({ consecutiveTimeouts: this.#timeouts, error }, 'a call to Graph was not answered');
    if (this.#timeouts >= MAX_CONSECUTIVE_TIMEOUTS) throw error;
    const { firstMs, mostMs } = active.writer.settings.retry;
    await active.pause(error.retryAfterMs ?? backoffMs({ firstMs, maxMs: mostMs }, this.#timeouts));
  }

  async #store(call: Call, answers: ReadonlyMap<string, GraphAnswer>): Promise<void> {
    const { active } = this;
    const answered = call.operations.map((operation, at) => ({ operation, answer: answers.get(String(at)) }));
    const classified = answered.map(({ operation, answer }) => ({
      operation,
      verdict: answer ? classify(operation, active.group, answer) : LEFT_OUT,
    }));
    const refusal = await this.#refusal(classified);
    const objectAnswers = classified.flatMap(({ operation, verdict }) =>
      refusal && concernsGroup(verdict) ? [] : objectAnswersOf(operation, cleared(operation, verdict)),
    );
    const throttled = answered.filter(({ answer }) => answer?.status === 429).length;
    this.#count(answered, throttled);
    this.#log(answered);
    const existing = classified.flatMap(({ operation, verdict }) =>
      verdict.kind === 'split' && verdict.exists ? operation.objects : [],
    );
    await this.#recordAnswers(call, objectAnswers, throttled);
    if (refusal) throw refusal;
    if (existing.length > 0) await readBack(active, existing);
  }

  #recordAnswers(call: Call, objectAnswers: readonly ObjectAnswer[], throttled: number): Promise<void> {
    const { active } = this;
    return active.fenced(async (session) => {
      const { tx, target, report } = session;
      const { id, epoch } = active.run;
      const { retry } = active.writer.settings;
      const answered = { epoch, no: call.no };
      const { healed, late, ...outcomes } = await recordAnswers(tx, target.id, id, objectAnswers, retry, answered);
      const reasons = healed.filter(isOfGraph);
      const again = reasons.length > 0 ? await joinRetries(tx, target.id, id, { reasons }) : { joined: 0, reopened: 0 };
      await addTally(tx, id, {
        ...outcomes,
        joined: again.joined,
        failed: outcomes.failed - again.reopened,
        requests: 1,
        writes: call.operations.length,
        throttled,
      });
      const settled = objectAnswers.filter(({ verdict }) => verdict !== 'split').map(({ object }) => object);
      report.results(await outcomesOfObjects(tx, target.id, settled));
      tx.afterCommit(() => late.forEach((seconds) => active.writer.metrics.timeToJoin.observe(seconds)));
      await this.progress.report(session);
    });
  }

  /**
   * Whether the answers say that the group as a whole is at fault. Where they leave it open the group itself is looked at, in each batch
   * anew, since it may go at any time; a batch that changed the group shows that it is there.
   */
  async #refusal(classified: readonly { verdict: Classified }[]): Promise<GroupRefused | undefined> {
    const verdicts = classified.map(({ verdict }) => verdict);
    const failed = verdicts.find((verdict) => verdict.kind === 'group-failed');
    if (!failed) {
      return verdicts.some(concernsGroup) && !verdicts.some(showsGroup) ? lookAtGroup(this.active) : undefined;
    }
    if (!failed.groupInDoubt) return new GroupRefused(failed.reason, failed.message, failed);
    const found = await lookAtGroup(this.active);
    if (found) return new GroupRefused(found.reason, failed.message, failed);
    if (failed.reason === 'GroupNotFound') return undefined;
    const reason = (await needsRolePermission(this.active)) ? 'GroupIsRoleAssignable' : failed.reason;
    return new GroupRefused(reason, failed.message, failed);
  }

  /** One line for a batch, with one example of each kind of refusal. */
  #log(told: readonly { operation: Operation; answer: GraphAnswer | undefined }[]): void {
    const refused = told.flatMap(({ operation, answer }) => {
      if (!answer || isSuccess(answer)) return [];
      const { status, requestId, clientRequestId, diagnostic } = answer;
      return [{ write: operation.kind, status, ...errorOf(answer.body), requestId, clientRequestId, diagnostic }];
    });
    if (refused.length === 0) return;
    const kinds = Map.groupBy(refused, ({ write, status, code }) => `${write} ${status} ${code}`);
    const examples = [...kinds.values()].map(([example, ...others]) => ({ ...example, times: others.length + 1 }));
    this.active.log.warn({ refused: examples }, 'Graph refused writes');
  }

  #count(told: readonly { operation: Operation; answer: GraphAnswer | undefined }[], throttled: number): void {
    const { metrics } = this.active.writer;
    const { tenant } = this.active;
    const good = told.every(({ answer }) => answer && isSuccess(answer));
    metrics.batches.inc({ tenant, answer: good ? 'ok' : 'mixed' });
    for (const { operation } of told) metrics.writes.inc({ tenant, kind: operation.kind });
    if (throttled > 0) metrics.throttled.inc({ tenant }, throttled);
  }
}

/** What is Graph's fault, or that of a permission, is over for all members of a group when it is for one. */
const isOfGraph = (reason: string): boolean => OF_GRAPH.has(reason);
const OF_GRAPH = new Set<string>([
  'GraphUnavailable',
  'NoAnswer',
  'ConcurrentChange',
  'PermissionMissing',
  'SignInRefused',
] satisfies Reason[]);

/** A part that an answer lacks while it has others. */
const LEFT_OUT: Classified = { kind: 'retry', reason: 'NoAnswer', message: 'the answer lacks this part' };

const concernsGroup = (verdict: Classified): boolean =>
  verdict.kind === 'group-failed' || (verdict.kind === 'benign' && verdict.groupInDoubt);

const showsGroup = (verdict: Classified): boolean =>
  verdict.kind === 'ok' ||
  (verdict.kind === 'benign' && !verdict.groupInDoubt) ||
  (verdict.kind === 'split' && verdict.exists);

/** The group exists after all, so it is a member that does not. */
const cleared = (operation: Operation, verdict: Classified): Classified => {
  if (verdict.kind !== 'group-failed') return verdict;
  const { message, requestId, clientRequestId } = verdict;
  const detail = { message, requestId, clientRequestId };
  return operation.kind === 'patch'
    ? { kind: 'split', exists: false, reason: 'ObjectNotFound', ...detail }
    : { kind: 'member-failed', reason: 'ObjectNotFound', ...detail };
};

/** By what a batch is found in the logs of Microsoft: the request id of each part, beside its status. */
const answersOf = (answers: ReadonlyMap<string, GraphAnswer>) => ({
  'graph.statuses': [...answers.values()].map(({ status }) => status),
  'graph.request_ids': [...answers.values()].map(({ requestId }) => requestId ?? ''),
});
