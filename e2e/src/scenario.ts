import { cleanUp, readOptions, withServices } from '@collection-sync/testing';
import { playScenario } from './play-scenario.js';
import { startSystem, type Mode } from './system.js';
import { table } from './table.js';

const USAGE = `The ten steps of the reference scenario, one after the other.

  npm run scenario [-- --distributed]

  --distributed   four processes on Kafka, PostgreSQL and Redis, instead of one process on embedded parts

Ends with 1 when a group or a collection differs from what is expected.`;

const { distributed } = readOptions(USAGE, { distributed: { type: 'boolean' } });
const mode: Mode = distributed ? 'distributed' : 'standalone';
console.log(mode === 'standalone' ? 'one process on embedded parts' : 'four processes on Kafka, PostgreSQL and Redis');

const play = async (): Promise<boolean> => {
  const system = await startSystem(mode);
  try {
    const steps = await playScenario(system, (step) => console.log(`step ${step.number}: ${step.action}`));
    const shown = steps.map((step) => [
      String(step.number),
      step.actor,
      step.action,
      step.collection.expected,
      step.collection.actual,
      step.group.expected,
      step.group.actual,
      step.ok ? 'ok' : 'DIFFERS',
    ]);
    const heading = ['step', 'actor', 'action', 'Collection1', 'actual', 'Group1', 'actual', ''];
    console.log(`\n${table(heading, shown)}`);
    return steps.every((step) => step.ok);
  } catch (error) {
    console.error(error);
    for (const [name, each] of Object.entries(system.processes)) console.error(`\n--- ${name}\n${each.tail()}`);
    return false;
  } finally {
    await system.close();
  }
};

const ok = mode === 'distributed' ? await withServices(play) : await play().finally(cleanUp);
console.log(ok ? '\nall ten steps as expected' : '\nthe scenario failed');
process.exit(ok ? 0 : 1);
