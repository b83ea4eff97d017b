import { expect, it } from 'vitest';
import { lookUp, prepareLookUps } from './play-look-ups.js';
import { playScenario } from './play-scenario.js';
import { startSystem, type Mode, type System } from './system.js';

it.each<Mode>(['standalone', 'distributed'])(
  'the ten steps of the reference scenario, and what is asked about devices after them, %s',
  async (mode) => {
    const system = await startSystem(mode, { prepare: prepareLookUps });
    const steps = await playScenario(system, () => undefined);
    expect(steps.filter((step) => !step.ok)).toEqual([]);
    expect(steps).toHaveLength(10);
    const { items } = await system.api.get<{ items: { kind: string; state: string }[] }>('/runs');
    expect(items.map((run) => run.kind).reverse()).toEqual(['full', 'incremental', 'full']);
    await expectLookUps(system);
    await system.close();
  },
  180_000,
);

const expectLookUps = async ({ api, simulator }: System): Promise<void> => {
  const target = `${simulator.addresses.tenantId}/${(await simulator.group('Group1')).id}`;
  const asked = (name: string) => lookUp({ api }, target, name);
  const { objectId } = await simulator.send<{ objectId: string }>('GET', '/devices/BOTH');

  expect(await asked('NOBODY')).toMatchObject({
    state: 'answered',
    knownTo: 'neither',
    conclusion:
      'The site has no device of this name. Microsoft Entra has no device of this name either. Check the spelling.',
  });
  expect(await asked('BOTH')).toMatchObject({
    knownTo: 'both',
    site: { problem: null, resources: [{ name: 'BOTH', membership: 'none', obsolete: false, objectId }] },
  });
  expect(await asked('SITE-ONLY')).toMatchObject({
    knownTo: 'site',
    conclusion: expect.stringContaining('obsolete: the site has a newer record of it'),
    site: { resources: [{ membership: 'none', obsolete: true, objectId: null, reason: 'NoIdentity' }] },
    directory: { objects: [] },
  });
  expect(await asked('ENTRA-ONLY')).toMatchObject({
    knownTo: 'directory',
    site: { resources: [] },
    directory: { objects: [{ name: 'ENTRA-ONLY', enabled: false }] },
  });

  expect(await asked('DeviceB')).toMatchObject({
    knownTo: 'both',
    conclusion: expect.stringContaining('in this collection by a direct rule'),
    site: { resources: [{ membership: 'direct' }] },
  });

  await simulator.fault({ face: 'adminservice', class: 'SMS_R_System', status: 500 });
  expect(await asked('BOTH')).toMatchObject({
    state: 'answered',
    knownTo: null,
    conclusion: expect.stringMatching(/^The site could not be asked: .* Microsoft Entra has a device of this name/),
    directory: { objects: [{ name: 'BOTH', enabled: true }] },
  });
};
