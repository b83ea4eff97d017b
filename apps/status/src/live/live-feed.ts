import { setTimeout as pause } from 'node:timers/promises';
import { Database } from '@collection-sync/postgres';
import { Loop, type Health, type Logger, type Worker } from '@collection-sync/platform';
import { Injectable } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import { changeChannel, recentChanges, type Change } from './live.js';

/** A change may become visible after one with a higher number, as long as a transaction may take. */
const LOOK_BACK_SECONDS = 60;
const POLL_MS = 5_000;
/** Changes come in bursts; whoever shows them needs none of it twice. */
const CALM_MS = 200;

/** What changes in the database, told to this process's listeners once, whoever changed it. */
@Injectable()
export class LiveFeed implements Worker {
  private readonly subject = new Subject<readonly Change[]>();
  private seen = new Set<number>();
  private primed = false;
  private readonly loop: Loop;
  private unlisten: Promise<() => Promise<void>> | undefined;

  constructor(
    private readonly database: Database,
    log: Logger,
    health: Health,
  ) {
    this.loop = new Loop({ name: 'live', everyMs: POLL_MS, tick: (signal) => this.publish(signal), log, health });
  }

  /** Changes of one look at a time. */
  get changes(): Observable<readonly Change[]> {
    return this.subject;
  }

  start(): void {
    this.loop.start();
    this.unlisten = this.database.listen(changeChannel(this.database), () => this.loop.wake());
    this.unlisten.catch(() => undefined);
  }

  async stop(): Promise<void> {
    await (
      await this.unlisten?.catch(() => undefined)
    )?.();
    await this.loop.stop();
    this.subject.complete();
  }

  private async publish(signal: AbortSignal): Promise<void> {
    const changes = await recentChanges(this.database, LOOK_BACK_SECONDS);
    const known = this.seen;
    this.seen = new Set(changes.map(({ no }) => no));
    const fresh = this.primed ? changes.filter(({ no }) => !known.has(no)) : [];
    this.primed = true;
    const latest = [...new Map(fresh.map((one) => [`${one.kind} ${one.key}`, one])).values()];
    if (latest.length > 0) this.subject.next(latest);
    await pause(CALM_MS, undefined, { signal }).catch(() => undefined);
  }
}
