import {
  DEVICE_RULE,
  judgeUser,
  MAX_CANDIDATES,
  underPolicy,
  type DisabledObjects,
  type Finding,
  type IdentityVerdict,
  type Member,
  type Reason,
} from '@collection-sync/core';
import type { SiteIds } from '../store/directories.js';
import { sidKey, upnKey, type Found } from '../store/objects.js';

export type Verdict =
  | { readonly object: string; readonly appearedAt?: Date; readonly reason?: undefined }
  | { readonly object: null; readonly reason: Reason; readonly candidates?: string[] };

/** What was found in the mirror, by what it was asked for, and what the site's ids were found to be. */
export class Findings {
  readonly #byKey = new Map<string, Found[]>();

  constructor(
    found: readonly Found[],
    readonly siteIds: SiteIds = { devices: null, users: null },
  ) {
    for (const one of found) {
      const key = `${one.by} ${one.key}`;
      const others = this.#byKey.get(key);
      if (others) others.push(one);
      else this.#byKey.set(key, [one]);
    }
  }

  of(by: Found['by'], key: string | undefined): readonly Found[] {
    return key === undefined ? [] : (this.#byKey.get(`${by} ${key}`) ?? []);
  }
}

const without = (reason: Reason): Verdict => ({ object: null, reason });

/** Which directory object a member of a collection is in this tenant, or why it is none. */
export const judgeMember = (
  { kind, identity }: Member,
  { tenant, disabledObjects }: { readonly tenant: string; readonly disabledObjects: DisabledObjects },
  findings: Findings,
): Verdict => {
  if (identity.tenantId !== undefined && identity.tenantId !== tenant) return without('OtherTenant');
  if (kind === 'device') {
    const device = carrierOf(identity.deviceId, findings.of('device', identity.deviceId));
    return verdictOn(underPolicy(DEVICE_RULE[device.finding], disabledObjects), device);
  }
  if (kind !== 'user') return without('UnsupportedResourceType');
  return judgeUserMember(identity, disabledObjects, findings);
};

const judgeUserMember = (
  identity: Member['identity'],
  disabledObjects: DisabledObjects,
  findings: Findings,
): Verdict => {
  const [sidOfSite, upnOfSite] = [sidKey(identity.sid), upnKey(identity.upn)];
  const named = carrierOf(identity.userId, findings.of('user', identity.userId));
  // where the site's ids of users are no object ids, one that names nobody is none; a SID is never given to another account, a name is
  const isNone = named.finding === 'unknown' && findings.siteIds.users === 'unknown' && sidOfSite !== undefined;
  const id: Carrier = isNone ? { finding: 'absent' } : named;
  const sid = id.object
    ? agreementOf(sidOfSite, id.object.sid, findings.of('sid', sidOfSite))
    : carrierOf(sidOfSite, findings.of('sid', sidOfSite));
  const stronger = id.object ?? sid.object;
  const upn = stronger
    ? agreementOf(upnOfSite, stronger.upn, findings.of('upn', upnOfSite))
    : carrierOfName(upnOfSite, findings.of('upn', upnOfSite));
  const verdict = judgeUser({ id: id.finding, sid: sid.finding, upn: upn.finding });
  const candidates = [id, sid, upn].find(({ finding }) => finding === 'ambiguous')?.candidates;
  return verdictOn(underPolicy(verdict, disabledObjects), { object: stronger ?? upn.object, candidates });
};

interface Carrier {
  readonly finding: Exclude<Finding, 'contradicting'>;
  readonly object?: Found;
  /** with `ambiguous`: who carries it now */
  readonly candidates?: readonly Found[];
}

/** An enabled object beats stale ones; two are a question that only a person can answer. */
const carrierOf = (key: string | undefined, found: readonly Found[]): Carrier => {
  if (!key) return { finding: 'absent' };
  const present = found.filter((one) => !one.deleted);
  const enabled = present.filter((one) => one.enabled);
  const [object, ...others] = enabled.length > 0 ? enabled : present;
  if (others.length > 0) return { finding: 'ambiguous', candidates: present };
  if (object) return { finding: object.enabled ? 'known' : 'disabled', object };
  return { finding: found.length > 0 ? 'deleted' : 'unknown' };
};

/** A name passes on: when a deleted object carried it too, nobody can say whom the site means. */
const carrierOfName = (key: string | undefined, found: readonly Found[]): Carrier => {
  const carrier = carrierOf(key, found);
  if (!carrier.object || !found.some((one) => one.deleted)) return carrier;
  return { finding: 'ambiguous', candidates: found.filter((one) => !one.deleted) };
};

/** How a weaker identity fits the object that a stronger one has found. */
const agreementOf = (
  key: string | undefined,
  own: string | null,
  found: readonly Found[],
): { readonly finding: Finding; readonly object?: undefined; readonly candidates?: undefined } => {
  if (!key) return { finding: 'absent' };
  if (own === key) return { finding: 'known' };
  return { finding: own !== null || found.length > 0 ? 'contradicting' : 'unknown' };
};

const verdictOn = (verdict: IdentityVerdict, { object, candidates = [] }: Omit<Carrier, 'finding'>): Verdict => {
  if (verdict === 'AmbiguousMatch') {
    return { object: null, reason: verdict, candidates: candidates.slice(0, MAX_CANDIDATES).map((one) => one.object) };
  }
  if (verdict !== 'object') return without(verdict);
  if (!object) throw new Error('a rule names an object where none was found');
  return { object: object.object, appearedAt: object.appearedAt ?? undefined };
};
