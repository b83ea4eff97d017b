import { setTimeout as pause } from 'node:timers/promises';
import { AppError, partsOfTarget } from '@collection-sync/core';
import type { Priority, WriterClient } from '@collection-sync/graph';
import type { Logger } from '@collection-sync/platform';
import type { WriterContext } from '../context.js';
import type { Run } from '../store/runs.js';
import { lockTargetAtEpoch } from '../store/targets.js';
import { withTarget, type TargetSession } from '../target-session.js';
import type { Claim } from './claim-run.js';
import type { LeaseKeeper } from './lease-keeper.js';

const BY_OPERATOR = /^(approval of|retry command)\b/;

/** Full runs can wait, and an operator does. */
const priorityOf = ({ kind, trigger }: Run): Priority =>
  kind === 'full' ? 'low' : BY_OPERATOR.test(trigger) ? 'high' : 'normal';

/** A claimed run with its lease: what every step of it works with. */
export class ActiveRun {
  readonly group: string;
  readonly client: WriterClient;
  /** aborted when the lease is lost or the process stops: checked before every step, never in the middle of a call */
  readonly signal: AbortSignal;
  readonly log: Logger;

  constructor(
    readonly writer: WriterContext,
    readonly claim: Claim,
    readonly lease: LeaseKeeper,
    stop: AbortSignal,
  ) {
    const { target, run } = claim;
    this.group = partsOfTarget(target.target).group;
    this.signal = AbortSignal.any([lease.lost, stop]);
    const trafficClass = run.kind === 'full' ? 'bulk' : 'interactive';
    this.log = writer.log.child({ run: run.id, target: target.target, collection: run.collection });
    this.client = writer.graph.writer(target.tenant, {
      priority: priorityOf(run),
      trafficClass,
      signal: this.signal,
      onRefused: (account, error) => this.log.warn({ account, error }, 'the sign-in of an application was refused'),
    });
  }

  get run(): Run {
    return this.claim.run;
  }

  get target(): number {
    return this.claim.target.id;
  }

  get tenant(): string {
    return this.claim.target.tenant;
  }

  /**
   * One transaction under the target's row lock, refused when the epoch is not this run's any more.
   * @throws AppError LEASE_LOST
   */
  fenced<T>(work: (session: TargetSession) => Promise<T>): Promise<T> {
    return this.writer.database.transaction(async (tx) => {
      const target = await lockTargetAtEpoch(tx, this.target, this.run.epoch);
      if (!target) throw new AppError('LEASE_LOST', `target ${this.claim.target.target}: its epoch has been raised`);
      return withTarget(this.writer, tx, target, work);
    });
  }

  async pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.signal }).catch(() => undefined);
    this.throwIfStopped();
  }

  /** @throws AppError LEASE_LOST, SHUTTING_DOWN */
  throwIfStopped(): void {
    if (this.lease.lost.aborted) throw this.lease.lost.reason;
    if (this.signal.aborted) throw new AppError('SHUTTING_DOWN', 'this writer is stopping');
  }

  async point(name: string): Promise<void> {
    await this.writer.settings.onPoint?.(name);
  }
}
