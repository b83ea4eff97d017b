import { existingObjects, IDS_PER_READ } from '@collection-sync/graph';
import { recordAnswers, type ObjectAnswer } from '../store/answers.js';
import { START, selectUnverified } from '../store/pending.js';
import { outcomesOfObjects } from '../store/outcomes.js';
import { addTally } from '../store/runs.js';
import type { ActiveRun } from './active-run.js';
import type { Progress } from './progress.js';

/**
 * Looks up large adds, and whatever was not found before, ahead of sending them: 1,000 at a time and without a write, so that one dead id does not
 * break PATCH after PATCH. Dead ones fail with their reason; whatever else goes wrong with the look-up, the writes will show.
 */
export class Verifier {
  #verifiedTo = START;
  #idle = false;

  constructor(
    private readonly active: ActiveRun,
    private readonly progress: Progress,
  ) {}

  restart(): void {
    this.#verifiedTo = START;
    this.#idle = false;
  }

  /** Verifies the next range when the adds have come to the end of the last one. */
  async ahead(cursor: string): Promise<void> {
    if (this.#idle || cursor < this.#verifiedTo) return;
    const { writer, target, client } = this.active;
    const from = cursor > this.#verifiedTo ? cursor : this.#verifiedTo;
    const adds = await selectUnverified(writer.database, target, from, IDS_PER_READ);
    if (adds.length < writer.settings.verifyFrom && !adds.some(({ missed }) => missed)) {
      this.#idle = true;
      return;
    }
    const range = adds.map(({ object }) => object);
    const existing = await existingObjects(client, range, this.active.signal).catch((error: unknown) => {
      this.active.throwIfStopped();
      this.active.log.warn({ error }, 'adds could not be verified; they are sent as they are');
      return undefined;
    });
    this.#verifiedTo = range.at(-1) ?? from;
    if (existing) await this.#fail(range.filter((object) => !existing.has(object)));
  }

  async #fail(dead: readonly string[]): Promise<void> {
    if (dead.length === 0) return;
    const answers = dead.map((object): ObjectAnswer => {
      const message = 'getByIds does not know the object';
      return { object, added: true, verdict: 'failed', code: 'ObjectNotFound', message };
    });
    await this.active.fenced(async (session) => {
      const { tx, target, report } = session;
      const { run, writer } = this.active;
      const { failed, notNeeded } = await recordAnswers(tx, target.id, run.id, answers, writer.settings.retry);
      await addTally(tx, run.id, { failed, notNeeded });
      report.results(await outcomesOfObjects(tx, target.id, dead));
      await this.progress.report(session);
    });
  }
}
