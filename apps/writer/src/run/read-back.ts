import { listMembers, MEMBERS_PER_PAGE } from '@collection-sync/graph';
import { confirmAdds, sendIndividually } from '../store/answers.js';
import { countApplied } from '../store/entries.js';
import { outcomesOfObjects } from '../store/outcomes.js';
import { addTally } from '../store/runs.js';
import type { ActiveRun } from './active-run.js';

/**
 * A PATCH that had been sent before was refused since some are members already: probably by its first sending. A small group is read again,
 * and whom it shows is done; the others go out one by one. Those of a first sending are split as usual.
 */
export const readBack = async (active: ActiveRun, objects: readonly string[]): Promise<void> => {
  const { writer, target } = active;
  const small = (await countApplied(writer.database, target)) <= writer.settings.readBackPages * MEMBERS_PER_PAGE;
  const present = small ? await presentAmong(active, objects) : [];
  await active.fenced(async ({ tx, target: locked, report }) => {
    const confirmed = (await confirmAdds(tx, locked.id, present, writer.settings.listingLagMs)).map(
      ({ object }) => object,
    );
    await sendIndividually(tx, locked.id, objects);
    await addTally(tx, active.run.id, { applied: confirmed.length });
    report.results(await outcomesOfObjects(tx, locked.id, confirmed));
  });
};

const presentAmong = async (active: ActiveRun, objects: readonly string[]): Promise<string[]> => {
  const requested = new Set(objects);
  const present: string[] = [];
  try {
    let pages = 0;
    for await (const { items } of listMembers(active.client, active.group, { signal: active.signal })) {
      for (const { id } of items) if (requested.has(id)) present.push(id);
      if (++pages >= active.writer.settings.readBackPages) break;
    }
  } catch (error) {
    active.throwIfStopped();
    active.log.warn({ error }, 'the group could not be read back; its members are asked one by one');
  }
  return present;
};
