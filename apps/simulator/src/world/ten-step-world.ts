import type { WorldInput } from './world-spec.js';

const letter = (name: string) => name.slice(-1).toLowerCase();

/** Ids of the ten-step world, fixed so that a test can write them down. */
export const TEN_STEP = {
  collectionId: 'ABC00014',
  groupId: '9e000000-0000-4000-8000-000000000001',
  deviceId: (name: string) => `de000000-0000-4000-8000-00000000000${letter(name)}`,
  objectId: (name: string) => `0b000000-0000-4000-8000-00000000000${letter(name)}`,
} as const;

const devices = ['DeviceA', 'DeviceB', 'DeviceC', 'DeviceD'];

/** The reference scenario after its second step: Group1 holds A, B, C; Collection1 holds B, C; nothing is synchronised yet. */
export const tenStepWorld: WorldInput = {
  name: 'ten-step',
  devices: devices.map((name) => ({ name, deviceId: TEN_STEP.deviceId(name), objectId: TEN_STEP.objectId(name) })),
  collections: [{ id: TEN_STEP.collectionId, name: 'Collection1', members: ['DeviceB', 'DeviceC'] }],
  groups: [{ id: TEN_STEP.groupId, displayName: 'Group1', members: ['DeviceA', 'DeviceB', 'DeviceC'] }],
};
