import type { CollectionType } from '@collection-sync/core';
import { failureOf, isSuccess } from './graph-failure.js';
import type { GraphCaller } from './graph-client.js';

export interface NamedObject {
  readonly object: string;
  readonly name: string;
  readonly enabled: boolean;
  /** of a device: what the site may know it by */
  readonly deviceId?: string;
}

interface RawObject {
  readonly id: string;
  readonly deviceId?: string | null;
  readonly displayName: string | null;
  readonly accountEnabled: boolean | null;
}

/**
 * Devices or users of exactly this name, a user also by the principal name.
 * @throws AppError as GraphClient.request, GRAPH_THROTTLED, GRAPH_PERMISSION_MISSING
 */
export const findByName = async (
  client: GraphCaller,
  kind: CollectionType,
  { name, top, signal }: { readonly name: string; readonly top: number; readonly signal?: AbortSignal },
): Promise<NamedObject[]> => {
  const property = kind === 'user' && name.includes('@') ? 'userPrincipalName' : 'displayName';
  const answer = await client.request<{ value: RawObject[] }>({
    method: 'GET',
    path: `/${kind}s`,
    query: {
      $filter: `${property} eq '${name.replaceAll("'", "''")}'`,
      $select: ['id,displayName,accountEnabled', ...(kind === 'device' ? ['deviceId'] : [])].join(','),
      $top: top,
    },
    signal,
  });
  if (!isSuccess(answer)) throw failureOf(answer, `GET /${kind}s`);
  return answer.body.value.map(({ id, displayName, accountEnabled, deviceId }) => ({
    object: id.toLowerCase(),
    name: displayName ?? name,
    enabled: accountEnabled !== false,
    ...(deviceId ? { deviceId: deviceId.toLowerCase() } : {}),
  }));
};
