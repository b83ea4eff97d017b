import { countPending } from '../store/pending.js';
import { openRun } from '../store/runs.js';
import type { TargetSession } from '../target-session.js';
import type { ActiveRun } from './active-run.js';

/** Tells how far the run is, at most once a second, and its plan again when more has joined. */
export class Progress {
  #reportedAt = performance.now();
  #joined = 0;

  constructor(private readonly active: ActiveRun) {}

  async report({ tx, report }: TargetSession): Promise<void> {
    if (performance.now() - this.#reportedAt < this.active.writer.settings.progressMs) return;
    this.#reportedAt = performance.now();
    const run = await openRun(tx, this.active.target);
    if (!run) return;
    const { id, kind, counts, guard } = run;
    if (counts.joined !== this.#joined) {
      this.#joined = counts.joined;
      const { adds, removes } = await countPending(tx, this.active.target);
      const { applied, removed } = counts.outcomes;
      const plan = { adds: adds + (applied ?? 0), removes: removes + (removed ?? 0) };
      report.run({ event: 'planned', run: id, kind, ...plan, ...(guard ? { guard } : {}) });
    }
    report.run({ event: 'progress', run: id, kind, counts });
  }
}
