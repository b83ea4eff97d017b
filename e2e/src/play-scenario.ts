import { eventually } from '@collection-sync/testing';
import type { System } from './system.js';

/** A row of the reference scenario: what somebody does, and who is in the collection and in the group after it. */
export interface Step {
  readonly number: number;
  readonly actor: string;
  readonly action: string;
  readonly collection: Compared;
  readonly group: Compared;
  readonly ok: boolean;
}

interface Compared {
  readonly expected: string;
  readonly actual: string;
}

interface Plan {
  readonly actor: string;
  readonly action: string;
  /** after the step, letters for DeviceA to DeviceD; a collection that does not matter yet is left out */
  readonly collection?: string;
  readonly group: string;
  /** the group reaches this by itself, soon; without it, the group is looked at once */
  readonly waits?: boolean;
  act(): Promise<unknown>;
}

interface Command {
  readonly id: string;
  readonly state: 'sent' | 'accepted' | 'refused' | 'expired';
}

const COLLECTION = 'ABC00014';
const GROUP = 'Group1';

/**
 * The ten steps by which Microsoft explains what a full and what an incremental synchronisation do:
 * https://learn.microsoft.com/intune/configmgr/core/clients/manage/collections/synchronize-collections-aad-group
 */
export const playScenario = async (
  { api, simulator }: Pick<System, 'api' | 'simulator'>,
  report: (step: Step) => void,
  collectionId = COLLECTION,
): Promise<Step[]> => {
  const tenantId = simulator.addresses.tenantId;
  const groupId = (await simulator.group(GROUP)).id;
  const target = `/targets/${tenantId}/${groupId}`;
  const sync = async (kind: 'full' | 'incremental'): Promise<void> => {
    const { id } = await api.post<Command>(`${target}/sync`, { kind });
    await eventually(async () => (await api.get<Command>(`/commands/${id}`)).state === 'accepted', {
      deadline: 60_000,
      what: `the ${kind} synchronisation to be served`,
    });
  };
  const settled = (): Promise<unknown> =>
    eventually(
      async () => (await api.get<{ row: { cloudSyncStatus: string } }>(target)).row.cloudSyncStatus === 'Success',
      {
        deadline: 60_000,
        what: 'the status Success',
      },
    );

  const plans: Plan[] = [
    { actor: 'Entra admin', action: 'creates Group1 with A, B, C', group: 'A, B, C', act: async () => undefined },
    {
      actor: 'CM admin',
      action: 'creates Collection1 with B, C',
      collection: 'B, C',
      group: 'A, B, C',
      act: async () => undefined,
    },
    {
      actor: 'CM admin',
      action: 'enables synchronisation',
      collection: 'B, C',
      group: 'A, B, C',
      // paused, so that the group can be looked at before the first run
      act: () => api.post('/mappings', { tenantId, groupId, collectionId, collectionType: 'device', paused: true }),
    },
    {
      actor: 'service',
      action: 'first synchronisation, full: A leaves',
      collection: 'B, C',
      group: 'B, C',
      waits: true,
      act: () => api.post(`/mappings/${tenantId}/${groupId}/resume`),
    },
    {
      actor: 'CM admin',
      action: 'removes C',
      collection: 'B',
      group: 'B, C',
      act: async () => {
        await settled();
        await simulator.editCollection(collectionId, { remove: ['DeviceC'] });
      },
    },
    { actor: 'service', action: 'incremental', collection: 'B', group: 'B', waits: true, act: async () => undefined },
    {
      actor: 'Entra admin',
      action: 'adds D to the group',
      collection: 'B',
      group: 'B, D',
      act: () => simulator.editGroup(GROUP, { add: ['DeviceD'] }),
    },
    {
      actor: 'service',
      action: 'incremental leaves D alone',
      collection: 'B',
      group: 'B, D',
      act: () => sync('incremental'),
    },
    {
      actor: 'CM admin',
      action: 'asks for a full synchronisation',
      collection: 'B',
      group: 'B, D',
      act: async () => undefined,
    },
    { actor: 'service', action: 'full: D leaves', collection: 'B', group: 'B', waits: true, act: () => sync('full') },
  ];
  return plans.reduce<Promise<Step[]>>(async (before, plan, index) => {
    const steps = await before;
    const step = await play(simulator, collectionId, plan, index + 1);
    report(step);
    return [...steps, step];
  }, Promise.resolve([]));
};

const play = async (
  simulator: System['simulator'],
  collectionId: string,
  plan: Plan,
  number: number,
): Promise<Step> => {
  await plan.act();
  const look = async (): Promise<string> => letters((await simulator.group(GROUP)).members);
  if (plan.waits)
    await eventually(async () => (await look()) === plan.group, { deadline: 60_000 }).catch(() => undefined);
  const collection = plan.collection === undefined ? '' : letters((await simulator.collection(collectionId)).members);
  const group = await look();
  const ok = collection === (plan.collection ?? '') && group === plan.group;
  const { actor, action } = plan;
  return {
    number,
    actor,
    action,
    collection: { expected: plan.collection ?? '', actual: collection },
    group: { expected: plan.group, actual: group },
    ok,
  };
};

const letters = (members: readonly { name: string | null }[]): string =>
  members
    .map((member) => (member.name ?? '?').replace('Device', ''))
    .sort()
    .join(', ');
