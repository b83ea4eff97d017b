import { ControlClient, startSimulator } from '@collection-sync/simulator';
import { membershipSourceContract, type SourceBench } from '@collection-sync/testing/membership-source.contract';
import { beforeEach } from 'vitest';
import { AdminService, noSignIn } from './index.js';

const COLLECTION = 'ABC00014';
let bench: SourceBench;

beforeEach(async () => {
  const simulator = await startSimulator({
    world: {
      devices: ['A', 'B', 'C', 'D'].map((name) => ({ name })),
      collections: [{ id: COLLECTION, name: 'Collection1' }],
    },
  });
  const source = new AdminService({ url: simulator.adminServiceUrl, signIn: noSignIn, pageRows: 2 });
  const control = new ControlClient(simulator.controlUrl);
  const devices: number[] = [];
  for await (const { items } of source.allResources('device')) devices.push(...items.map(({ resource }) => resource));
  bench = {
    source,
    collection: COLLECTION,
    devices,
    setMembers: (members) => control.send('PUT', `/collections/${COLLECTION}/members`, { members }),
    fail: () => control.switches({ adminService: { 'rbac.denied': 'noRole' } }),
  };
  return async () => {
    await source.close();
    await simulator.close();
  };
});

membershipSourceContract('AdminService', () => bench);
