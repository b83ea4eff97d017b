import type { WorldInput } from '../world/world-spec.js';

const hex = (n: number) => n.toString(16).padStart(12, '0');

export const objectId = (n: number) => `0b000000-0000-4000-8000-${hex(n)}`;
export const deviceId = (n: number) => `de000000-0000-4000-8000-${hex(n)}`;
export const userId = (n: number) => `05e00000-0000-4000-8000-${hex(n)}`;
export const groupId = (n: number) => `9e000000-0000-4000-8000-${hex(n)}`;
export const GROUP = groupId(1);

const range = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** A tenant with n devices `PC1`… and an empty group, plus whatever a test adds. */
export function tenant(devices: number, more: WorldInput = {}): Record<string, unknown> {
  return {
    ...more,
    devices: [
      ...range(devices).map((n) => ({ name: `PC${n}`, objectId: objectId(n), deviceId: deviceId(n) })),
      ...(more.devices ?? []),
    ],
    groups: [{ id: GROUP, displayName: 'Group under test' }, ...(more.groups ?? [])],
  };
}
