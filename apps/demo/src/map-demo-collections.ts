import { setTimeout as delay } from 'node:timers/promises';

interface Mapping {
  readonly collection: string;
  readonly group: string;
}

/** Collections of the simulated site and the groups that the demo keeps equal to them, by name. */
const MAPPINGS: readonly Mapping[] = [
  { collection: 'Berlin devices', group: 'Intune - Berlin devices' },
  { collection: 'Lisbon devices', group: 'Intune - Lisbon devices' },
  { collection: 'Finance people', group: 'App access - Finance' },
];

/** On the first start with its own simulator: maps a few collections, as an administrator would, through the API. */
export const mapDemoCollections = async (
  url: string,
  token: string,
  tenant: string,
  print: (line: string) => void,
): Promise<void> => {
  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const { items: mapped } = await api<{ items: unknown[] }>('GET', '/mappings?limit=1');
  if (mapped.length > 0) return;
  for (const wanted of MAPPINGS) {
    const collection = await until(async () => {
      const { items } = await api<{ items: { collectionId: string; collectionName: string }[] }>(
        'GET',
        `/collections?search=${encodeURIComponent(wanted.collection)}`,
      );
      return items.find((item) => item.collectionName === wanted.collection);
    });
    const { items: groups } = await api<{ items: { groupId: string; groupName: string }[] }>(
      'GET',
      `/tenants/${tenant}/groups?startsWith=${encodeURIComponent(wanted.group)}`,
    );
    const group = groups.find((item) => item.groupName === wanted.group);
    if (!collection || !group) {
      print(`The demo cannot map ${wanted.collection}: it or the group ${wanted.group} is not there`);
      continue;
    }
    await api('POST', '/mappings', {
      tenantId: tenant,
      groupId: group.groupId,
      collectionId: collection.collectionId,
    });
    print(`Mapped: ${wanted.collection} → ${wanted.group}`);
  }
  const first = await until(async () => {
    const { items } = await api<{ items: { collectionName: string; memberCount: number }[] }>(
      'GET',
      '/collections?status=Success',
    );
    return items.find(({ memberCount }) => memberCount > 0);
  });
  if (first) print(`Synchronised: ${first.collectionName}, ${first.memberCount} members`);
};

const until = async <T>(look: () => Promise<T | undefined>): Promise<T | undefined> => {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(250)) {
    const found = await look();
    if (found) return found;
  }
  return undefined;
};
