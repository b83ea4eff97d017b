import { runKind } from '@collection-sync/core';
import { Inject, Injectable } from '@nestjs/common';
import { CONTEXT, Loop, type Worker } from '@collection-sync/platform';
import { actOnNext } from './act/act-on-next.js';
import { compareNext } from './compare/compare-next.js';
import type { WriterContext } from './context.js';
import { assignFeeds } from './copy/assign-feeds.js';
import { checkNextCopy } from './copy/check-copy.js';
import { followNext } from './copy/follow-groups.js';
import { expirePlans } from './guard/plans.js';
import { runMaintenance } from './maintenance.js';
import { adoptNext } from './adopt/adopt-mapping.js';
import { tearDownNext } from './adopt/tear-down.js';
import { mergeNext } from './merge/merge-next.js';
import { previewNext } from './preview/preview-next.js';
import { reportBudgets } from './report/report-budgets.js';
import { reportLedgerVersions } from './report/report-ledger-versions.js';
import { performNextRun } from './run/perform-run.js';
import { RunSlots } from './run/run-slots.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Everything that the writer does in the background. Each loop claims its work from the database, so any number of replicas may run them. */
@Injectable()
export class WriterWorkers implements Worker {
  readonly #content: Loop[];
  readonly #prompt: Loop[];
  readonly #runs: Loop[];
  readonly #slow: Loop[];

  constructor(@Inject(CONTEXT) writer: WriterContext) {
    const { log, health, settings } = writer;
    const loop = (name: string, everyMs: number, tick: (signal: AbortSignal) => Promise<boolean | void>): Loop =>
      new Loop({ name, everyMs, tick, log, health });
    this.#runs = runKind.options.flatMap((kind) => {
      const slots = new RunSlots(kind, writer.graph.tenants(), settings.runs);
      return Array.from({ length: slots.count }, (_, at) =>
        loop(`${kind} run ${at + 1}`, settings.pollMs, (signal) => performNextRun(writer, slots, signal)),
      );
    });
    const wakingRuns = async (tick: Promise<boolean>): Promise<boolean> => {
      const worked = await tick;
      if (worked) for (const run of this.#runs) run.wake();
      return worked;
    };
    const wakingAll = async (tick: Promise<boolean>): Promise<boolean> => {
      const worked = await tick;
      if (worked) this.wake();
      return worked;
    };
    this.#content = [
      ...Array.from({ length: settings.merges }, (_, at) =>
        loop(`merge ${at + 1}`, settings.pollMs, () => wakingRuns(mergeNext(writer))),
      ),
      loop('preview', settings.pollMs, (signal) => previewNext(writer, signal)),
    ];
    this.#prompt = [
      loop('comparison', settings.pollMs, (signal) => compareNext(writer, signal)),
      loop('mappings', settings.pollMs, () => wakingAll(adoptNext(writer))),
      loop('deletions', settings.pollMs, () => wakingRuns(tearDownNext(writer))),
      loop('commands', settings.pollMs, () => wakingRuns(actOnNext(writer, 'others'))),
      loop('reports', settings.pollMs, () => actOnNext(writer, 'reports')),
    ];
    this.#slow = [
      loop('feeds of groups', MINUTE / 2, () => assignFeeds(writer)),
      // a tenant that does not answer holds up no other
      ...writer.graph
        .tenants()
        .flatMap((tenant) => [
          loop(`members of groups of tenant ${tenant}`, 5_000, (signal) => followNext(writer, tenant, signal)),
          loop(`check of copies of tenant ${tenant}`, MINUTE, (signal) => checkNextCopy(writer, tenant, signal)),
        ]),
      loop('plan expiry', 5_000, () => expirePlans(writer)),
      loop('maintenance', 10 * MINUTE, () => runMaintenance(writer)),
      loop('budget report', MINUTE, () => reportBudgets(writer)),
      loop('ledger version report', HOUR, (signal) => reportLedgerVersions(writer, signal)),
    ];
  }

  start(): void {
    for (const loop of this.#every()) loop.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#every().map((loop) => loop.stop()));
  }

  /** Something was stored: look at once. */
  wake(): void {
    for (const loop of [...this.#content, ...this.#prompt, ...this.#runs]) loop.wake();
  }

  /** A chunk was stored, which concerns nobody else: runs are woken by merges. */
  wakeForContent(): void {
    for (const loop of this.#content) loop.wake();
  }

  #every(): Loop[] {
    return [...this.#content, ...this.#prompt, ...this.#runs, ...this.#slow];
  }
}
