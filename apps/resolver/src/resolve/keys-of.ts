import type { Member } from '@collection-sync/core';
import { sidKey, upnKey, type Keys } from '../store/objects.js';

/** By what the members that may be of this tenant are looked up. */
export const keysOf = (members: Iterable<Pick<Member, 'kind' | 'identity'>>, tenant: string): Keys => {
  const keys = {
    deviceIds: new Set<string>(),
    userIds: new Set<string>(),
    sids: new Set<string>(),
    upns: new Set<string>(),
  };
  for (const { kind, identity } of members) {
    if ((identity.tenantId ?? tenant) !== tenant) continue;
    if (kind === 'device' && identity.deviceId) keys.deviceIds.add(identity.deviceId);
    if (kind !== 'user') continue;
    if (identity.userId) keys.userIds.add(identity.userId);
    const [sid, upn] = [sidKey(identity.sid), upnKey(identity.upn)];
    if (sid) keys.sids.add(sid);
    if (upn) keys.upns.add(upn);
  }
  return {
    deviceIds: [...keys.deviceIds],
    userIds: [...keys.userIds],
    sids: [...keys.sids],
    upns: [...keys.upns],
  };
};
