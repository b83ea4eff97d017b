import { expect, it } from 'vitest';
import { playScenario } from './play-scenario.js';
import { startSystem, type Mode } from './system.js';

it.each<Mode>(['standalone', 'distributed'])(
  'the ten steps of the reference scenario, %s',
  async (mode) => {
    const system = await startSystem(mode);
    const steps = await playScenario(system, () => undefined);
    expect(steps.filter((step) => !step.ok)).toEqual([]);
    expect(steps).toHaveLength(10);
    const { items } = await system.api.get<{ items: { kind: string; state: string }[] }>('/runs');
    expect(items.map((run) => run.kind).reverse()).toEqual(['full', 'incremental', 'full']);
    await system.close();
  },
  180_000,
);
