import { adminServiceOf, type SiteEnvironment } from '@collection-sync/configmgr';
import type { SourceResource } from '@collection-sync/core';
import { failureOf, GraphTenants, isSuccess, type GraphClient, type tenantEnvironment } from '@collection-sync/graph';
import type { z } from 'zod';
import { examine, ok, type Finding } from './finding.js';

type Environment = SiteEnvironment & z.output<typeof tenantEnvironment>;

const SAMPLE = 5;
/** Pages of devices that are searched for some with an id. */
const MAX_PAGES = 5;

/**
 * What AADDeviceID of the site holds in each tenant: no public source proves that it is the device id and not the object id. Some devices are
 * looked up both ways; the resolver takes either.
 */
export const checkDeviceIds = async (environment: Environment): Promise<Finding[]> => {
  const graph = new GraphTenants(environment.tenants);
  return Promise.all(
    graph.tenants().map((tenant) =>
      examine(`ids of devices ${tenant}`, async () => {
        const ids = await sampleOf(environment, tenant);
        if (ids.length === 0)
          return { state: 'not checked', detail: 'the site shows no device with an Entra id of this tenant' };
        const client = graph.client(tenant, 'high');
        const found = await Promise.all(ids.map((id) => meaningsOf(client, id)));
        const asDevice = found.filter(({ deviceId }) => deviceId).length;
        const asObject = found.filter(({ objectId }) => objectId).length;
        const detail = `of ${ids.length} devices of the site, ${asDevice} are known by device id, ${asObject} by object id`;
        if (asDevice + asObject > 0) return ok(detail);
        return {
          state: 'warning',
          detail,
          fix: 'Check that the site belongs to this tenant and that its devices are still in Entra ID: they join no group as long as they are not.',
        };
      }),
    ),
  );
};

const sampleOf = async (environment: Environment, tenant: string): Promise<string[]> => {
  const service = adminServiceOf(environment);
  const usable = ({ identity }: SourceResource): string[] =>
    identity.deviceId && (identity.tenantId ?? tenant) === tenant ? [identity.deviceId] : [];
  const ids: string[] = [];
  let pages = 0;
  try {
    for await (const { items } of service.allResources('device')) {
      ids.push(...items.flatMap(usable));
      pages += 1;
      if (ids.length >= SAMPLE || pages >= MAX_PAGES) break;
    }
    return ids.slice(0, SAMPLE);
  } finally {
    await service.close();
  }
};

const meaningsOf = async (client: GraphClient, id: string): Promise<{ deviceId: boolean; objectId: boolean }> => {
  const $filter = `deviceId eq '${id}'`;
  const listed = await client.request({ method: 'GET', path: '/devices', query: { $filter, $select: 'id' } });
  if (!isSuccess(listed)) throw failureOf(listed, 'GET /devices');
  const single = await client.request({ method: 'GET', path: `/devices/${id}`, query: { $select: 'id' } });
  if (!isSuccess(single) && single.status !== 404) throw failureOf(single, 'GET /devices/{id}');
  const { value } = listed.body as { value?: unknown[] };
  return { deviceId: (value?.length ?? 0) > 0, objectId: isSuccess(single) };
};
