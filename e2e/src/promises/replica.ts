import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, type RunningProcess } from '@collection-sync/testing';
import { whenStarted } from '../installation.js';
import type { Service } from './settings.js';

const RESTART_MS = 200;

/** One process of a service that is started again whenever it ends, as an orchestrator would. */
export class Replica {
  process: RunningProcess;
  /** how often it was killed or ended by itself */
  deaths = 0;
  #wanted = true;

  constructor(
    readonly service: Service,
    private readonly start: () => RunningProcess,
  ) {
    this.process = this.#run();
  }

  get running(): boolean {
    const started = `"msg":"${this.service} started"`;
    return !this.process.exit && this.process.lines.some((line) => line.includes(started));
  }

  started(): Promise<unknown> {
    return whenStarted(this.service, this.process);
  }

  kill(): Promise<unknown> {
    return this.process.kill();
  }

  freeze(): void {
    this.process.pause();
  }

  thaw(): void {
    this.process.resume();
  }

  /** Bytes in use after a full collection. */
  async liveHeap(): Promise<number> {
    const { process: running } = this;
    const printed = (): string[] => running.lines.filter((line) => line.startsWith('live heap '));
    const before = printed().length;
    if (running.pid === undefined) throw new Error(`${this.service} does not run`);
    process.kill(running.pid, 'SIGUSR2');
    await eventually(() => printed().length > before, { deadline: 30_000, what: `the heap of ${this.service}` });
    return Number(printed().at(-1)?.split(' ').at(-1));
  }

  /** Ends it for good, in an orderly way. */
  async stop(): Promise<void> {
    this.#wanted = false;
    this.process.resume();
    if (!this.process.exit) await this.process.stop().catch(() => this.process.kill());
  }

  /** Ends it for good, at once. */
  async end(): Promise<void> {
    this.#wanted = false;
    await this.process.kill();
  }

  #run(): RunningProcess {
    const running = this.start();
    void running.exited.then(async () => {
      this.deaths += 1;
      await sleep(RESTART_MS);
      if (this.#wanted) this.process = this.#run();
    });
    return running;
  }
}
