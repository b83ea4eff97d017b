import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@collection-sync/testing';
import { Fixture } from './fixture.js';
import { prove, type PromiseOptions, type Proof, type Trial } from './prove.js';

/** Every named point, in waves: one point of each service at a time. */
const WAVES = [
  ['capture.version-committed', 'resolver.page-read', 'writer.merged', 'status.publishing'],
  ['capture.chunk-sent', 'resolver.page-stored', 'writer.listed', 'status.published'],
  ['capture.publishing', 'resolver.pass-finished', 'writer.call-written'],
  ['capture.published', 'resolver.resolved', 'writer.answer-received'],
  ['resolver.forwarded', 'writer.answers-stored'],
  ['resolver.publishing', 'writer.publishing'],
  ['resolver.published', 'writer.published'],
] as const;

const POINT_DEADLINE_MS = 90_000;

/** A change is never lost: kill -9 at each named point, then at random, under churn. */
export const noChangeIsLost = (options: PromiseOptions): Promise<Proof> =>
  prove('1 a change is never lost', options, async (trial) => {
    const fixture = await Fixture.create(trial.cluster, trial.random, { name: 'p1', collections: 3, devices: 24 });
    await fixture.converge();
    for (const points of WAVES) await killAt(trial, fixture, points);
    for (let kill = 0; kill < trial.repetitions; kill += 1) {
      await fixture.churn();
      if (trial.random.below(2) === 0) await fixture.reRegister();
      await trial.fault(() => trial.random.one(trial.cluster.replicas).kill());
      await sleep(trial.random.below(1_500));
    }
    await trial.cluster.allRunning();
    trial.found(await fixture.converge());
  });

const killAt = async (trial: Trial, fixture: Fixture, points: readonly string[]): Promise<void> => {
  const { cluster, random } = trial;
  for (const point of points) await trial.fault(() => cluster.arm(point));
  // a whole pass over the directory is made only when the tenant asks for it
  if (points.includes('resolver.pass-finished')) {
    await cluster.outside.send('PATCH', '/switches', { graph: { delta: { resetBefore: Date.now() } } });
  }
  const left = new Set(points);
  await eventually(
    async () => {
      await fixture.churn();
      if (random.below(3) === 0) await fixture.reRegister();
      if (random.below(3) === 0) await fixture.sync(random.one(fixture.collections), 'full');
      for (const point of left) if (await cluster.struckAt(point)) left.delete(point);
      return left.size === 0;
    },
    { deadline: POINT_DEADLINE_MS, interval: 500 },
  ).catch((error: unknown) => {
    trial.wrong.push(`nobody passed ${[...left].join(', ')}: ${String(error)}`);
  });
  for (const point of left) await cluster.disarm(point);
};
