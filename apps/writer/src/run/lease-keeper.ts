import { AppError, asAppError, type LeaseClaim } from '@collection-sync/core';
import type { WriterContext } from '../context.js';
import { storeHeartbeat } from '../store/runs.js';

/**
 * The lease of one run. A timer renews it, and the heartbeat of the run's row, every third of the lease time, whatever the run is doing.
 * `lost` is aborted when either belongs to somebody else. A store that is away is no answer: then nothing is written, but the run waits.
 */
export class LeaseKeeper {
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #renewing = new Set<'lease' | 'heartbeat'>();

  private constructor(
    private readonly writer: WriterContext,
    private readonly claim: LeaseClaim,
    private readonly run: string,
  ) {
    this.#timer = setInterval(() => void this.#renew(), writer.settings.leaseMs / 3);
  }

  /** Undefined when another claim holds the lease of the target. */
  static async take(writer: WriterContext, claim: LeaseClaim, run: string): Promise<LeaseKeeper | undefined> {
    return (await writer.leases.take(claim, writer.settings.leaseMs)) ? new LeaseKeeper(writer, claim, run) : undefined;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Before every call: one atomic step that checks and extends.
   * @throws AppError LEASE_LOST, REDIS_UNAVAILABLE
   */
  async check(): Promise<void> {
    this.#lost.signal.throwIfAborted();
    if (await this.writer.leases.extend(this.claim, this.writer.settings.leaseMs)) return;
    this.#lose("the lease is not this run's any more");
    this.#lost.signal.throwIfAborted();
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.writer.leases.release(this.claim).catch((error: unknown) => {
      this.writer.log.warn({ target: this.claim.target, error }, 'the lease could not be released; it ends by itself');
    });
  }

  /** The lease is renewed whatever becomes of the heartbeat: a database that does not answer costs no lease. */
  async #renew(): Promise<void> {
    await Promise.all([
      this.#once('lease', "the lease is not this run's any more", () =>
        this.writer.leases.extend(this.claim, this.writer.settings.leaseMs),
      ),
      this.#once('heartbeat', 'the run was ended by somebody else', () =>
        storeHeartbeat(this.writer.database, this.run),
      ),
    ]);
  }

  /** One renewal of a kind at a time; `why` the run is lost when there is nothing left to renew. */
  async #once(kind: 'lease' | 'heartbeat', why: string, renew: () => Promise<boolean>): Promise<void> {
    if (this.#renewing.has(kind) || this.#lost.signal.aborted) return;
    this.#renewing.add(kind);
    const renewed = await renew().catch((error: unknown) => this.#away(error));
    this.#renewing.delete(kind);
    if (!renewed && !this.#lost.signal.aborted) this.#lose(why);
  }

  #away(error: unknown): true {
    this.writer.log.warn(
      { target: this.claim.target, code: asAppError(error).code },
      'the lease or heartbeat was not renewed',
    );
    return true;
  }

  #lose(why: string): void {
    clearInterval(this.#timer);
    this.writer.metrics.leaseLosses.inc();
    this.#lost.abort(new AppError('LEASE_LOST', `target ${this.claim.target}: ${why}`));
  }
}
