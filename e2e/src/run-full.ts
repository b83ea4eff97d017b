import { eventually } from '@collection-sync/testing';
import type { ApiClient } from './api-client.js';

/** Asks for a full run of a target, `tenant/group`, and waits until that very run has completed. */
export const runFull = async (api: ApiClient, target: string): Promise<void> => {
  const [tenantId, groupId] = target.split('/');
  const { id } = await api.post<{ id: string }>(`/targets/${target}/sync`, { kind: 'full' });
  await eventually(
    async () => {
      const { items } = await api.get<{ items: { trigger: string | null; state: string }[] }>(
        `/runs?tenantId=${tenantId}&groupId=${groupId}&kind=full`,
      );
      return items.some(({ trigger, state }) => trigger === `command:${id}` && state === 'completed');
    },
    { deadline: 60_000, what: 'the full run' },
  );
};
