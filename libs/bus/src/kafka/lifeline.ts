/** Keeps the group's membership alive while a handler is busy, and tells it when that failed. */
export class Lifeline {
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;
  readonly signal: AbortSignal;

  /** @param closing aborted when the process stops */
  constructor(
    private readonly heartbeat: () => Promise<void>,
    everyMs: number,
    closing: AbortSignal,
  ) {
    this.signal = AbortSignal.any([closing, this.lost.signal]);
    this.timer = setInterval(() => void this.sendHeartbeat(), everyMs);
  }

  /** Ends the timer. Throws the client's own error, unchanged, if a heartbeat failed: the partition may belong to another member. */
  end(): void {
    clearInterval(this.timer);
    if (this.lost.signal.aborted) throw this.lost.signal.reason;
  }

  private async sendHeartbeat(): Promise<void> {
    try {
      await this.heartbeat();
    } catch (error) {
      clearInterval(this.timer);
      this.lost.abort(error);
    }
  }
}
