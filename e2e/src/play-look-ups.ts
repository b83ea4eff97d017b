import { eventually } from '@collection-sync/testing';
import type { System } from './system.js';
import type { SimulatorClient } from './simulator.js';

/** What came of a question about one device. */
export interface LookUp {
  readonly id: string;
  readonly state: string;
  readonly knownTo: string | null;
  readonly conclusion: string;
  readonly site: {
    problem: string | null;
    resources: {
      name: string;
      membership: string;
      obsolete: boolean;
      objectId: string | null;
      reason: string | null;
    }[];
  } | null;
  readonly directory: { problem: string | null; objects: { name: string; enabled: boolean }[] } | null;
}

/** Devices that are in no mapped collection, known here and there; before the product has seen anything. */
export const prepareLookUps = async (simulator: SimulatorClient): Promise<void> => {
  await simulator.send('POST', '/devices', { name: 'BOTH' });
  await simulator.send('POST', '/devices', { name: 'SITE-ONLY', joined: 'none', obsolete: true });
  await simulator.send('POST', '/devices', { name: 'ENTRA-ONLY', enabled: false });
  await simulator.send('DELETE', '/devices/ENTRA-ONLY');
};

/** Asks about a device as a person would, and waits for the answer. */
export const lookUp = async ({ api }: Pick<System, 'api'>, target: string, name: string): Promise<LookUp> => {
  const { id } = await api.post<LookUp>(`/targets/${target}/look-ups`, { name });
  return eventually(
    async () => {
      const found = await api.get<LookUp>(`/look-ups/${id}`);
      return found.state === 'asking' ? undefined : found;
    },
    { deadline: 90_000, what: `what is known of ${name}` },
  );
};
