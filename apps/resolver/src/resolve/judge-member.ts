import type { Member, Reason } from '@collection-sync/core';
import { sidKey, upnKey } from '../mirror/delta-item.js';
import type { Found } from '../sql/look-up.js';

export type Verdict =
  | { readonly object: string; readonly appearedAt?: Date; readonly reason?: undefined }
  | { readonly object: null; readonly reason: Reason };

/** What was found in the mirror, by what it was asked for. */
export class Findings {
  private readonly byKey = new Map<string, Found[]>();

  constructor(found: readonly Found[]) {
    for (const one of found) {
      const key = `${one.by} ${one.key}`;
      const others = this.byKey.get(key);
      if (others) others.push(one);
      else this.byKey.set(key, [one]);
    }
  }

  of(by: Found['by'], key: string | undefined): readonly Found[] {
    return key === undefined ? [] : (this.byKey.get(`${by} ${key}`) ?? []);
  }
}

const without = (reason: Reason): Verdict => ({ object: null, reason });

/** Which directory object a member of a collection is in this tenant, or why it is none. */
export const judgeMember = ({ kind, identity }: Member, tenant: string, findings: Findings): Verdict => {
  if (identity.tenantId !== undefined && identity.tenantId !== tenant) return without('OtherTenant');
  if (kind === 'device') {
    if (!identity.deviceId) return without('NoIdentity');
    return judgeFound(findings.of('device', identity.deviceId)) ?? without('NoEntraRecord');
  }
  if (kind !== 'user') return without('UnsupportedResourceType');
  return judgeUser(identity, findings);
};

/** The object id first, for it names one user for ever; then the SID, then the UPN, which may pass to another person. */
const judgeUser = ({ userId, sid, upn }: Member['identity'], findings: Findings): Verdict => {
  if (!userId && !sid && !upn) return without('NoIdentity');
  const ways = [
    findings.of('user', userId),
    findings.of('sid', sid === undefined ? undefined : sidKey(sid)),
    findings.of('upn', upn === undefined ? undefined : upnKey(upn)),
  ];
  let deleted: Verdict | undefined;
  for (const found of ways) {
    const verdict = judgeFound(found);
    if (verdict && verdict.reason !== 'ObjectDeleted') return verdict;
    deleted ??= verdict;
  }
  return deleted ?? without('NoEntraRecord');
};

/** An enabled object beats stale ones; two enabled ones are a question only a person can answer. */
const judgeFound = (found: readonly Found[]): Verdict | undefined => {
  const present = found.filter((one) => !one.deleted);
  const [object, ...others] = present.filter((one) => one.enabled);
  if (others.length > 0) return without('AmbiguousMatch');
  if (object) return { object: object.object, appearedAt: object.appearedAt ?? undefined };
  if (present.length > 0) return without('ObjectDisabled');
  return found.length > 0 ? without('ObjectDeleted') : undefined;
};
