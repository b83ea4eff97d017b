import type { DisabledObjects } from './policy.js';
import type { Reason } from './reasons.js';

/** What the directory says to one identity that the site knows of a resource. */
export const FINDINGS = {
  absent: 'the site does not know it',
  unknown: 'the directory has no object with it',
  known: 'one object in use carries it; where a stronger one decides: the object found does',
  disabled: 'only a disabled object carries it',
  deleted: 'only a deleted object carries it',
  ambiguous: 'several objects carry it; a user principal name also when a deleted object carried it before',
  contradicting: 'the object found by a stronger one carries another value, or this value belongs to another object',
} as const satisfies Record<string, string>;

export type Finding = keyof typeof FINDINGS;
/** What follows: the object is the member, or the reason why there is none. */
export type IdentityVerdict = 'object' | Reason;

type Pattern = readonly Finding[];

const ANY = Object.keys(FINDINGS) as Finding[];
const SOMEBODY: Pattern = ['known', 'disabled', 'ambiguous'];
const is = (...findings: Finding[]): Pattern => findings;

/**
 * The strongest identity that the site knows decides, and no weaker one stands in for it: a SID is never given to another account, but a user
 * principal name passes from a leaver to somebody else. The first row that fits counts. A user principal name that contradicts is a renaming.
 */
export const USER_RULE: readonly {
  readonly id: Pattern;
  readonly sid: Pattern;
  readonly upn: Pattern;
  readonly verdict: IdentityVerdict;
}[] = [
  { id: is('known', 'disabled'), sid: is('contradicting'), upn: ANY, verdict: 'IdentityConflict' },
  { id: is('known'), sid: ANY, upn: ANY, verdict: 'object' },
  { id: is('disabled'), sid: ANY, upn: ANY, verdict: 'ObjectDisabled' },
  { id: is('deleted'), sid: ANY, upn: ANY, verdict: 'ObjectDeleted' },
  { id: is('unknown'), sid: SOMEBODY, upn: ANY, verdict: 'IdentityConflict' },
  { id: is('unknown'), sid: ANY, upn: SOMEBODY, verdict: 'IdentityConflict' },
  { id: is('unknown'), sid: ANY, upn: ANY, verdict: 'NoEntraRecord' },
  { id: is('absent'), sid: is('known'), upn: ANY, verdict: 'object' },
  { id: is('absent'), sid: is('disabled'), upn: ANY, verdict: 'ObjectDisabled' },
  { id: is('absent'), sid: is('deleted'), upn: ANY, verdict: 'ObjectDeleted' },
  { id: is('absent'), sid: is('ambiguous'), upn: ANY, verdict: 'AmbiguousMatch' },
  { id: is('absent'), sid: is('unknown'), upn: SOMEBODY, verdict: 'IdentityConflict' },
  { id: is('absent'), sid: is('unknown'), upn: ANY, verdict: 'NoEntraRecord' },
  { id: is('absent'), sid: is('absent'), upn: is('known'), verdict: 'object' },
  { id: is('absent'), sid: is('absent'), upn: is('disabled'), verdict: 'ObjectDisabled' },
  { id: is('absent'), sid: is('absent'), upn: is('deleted'), verdict: 'ObjectDeleted' },
  { id: is('absent'), sid: is('absent'), upn: is('ambiguous'), verdict: 'AmbiguousMatch' },
  { id: is('absent'), sid: is('absent'), upn: is('unknown'), verdict: 'NoEntraRecord' },
  { id: is('absent'), sid: is('absent'), upn: is('absent'), verdict: 'NoIdentity' },
];

/** A device has one identity. One that registers again keeps its device id or, with a new one, waits until the site knows that. */
export const DEVICE_RULE: Readonly<Record<Exclude<Finding, 'contradicting'>, IdentityVerdict>> = {
  known: 'object',
  disabled: 'ObjectDisabled',
  deleted: 'ObjectDeleted',
  ambiguous: 'AmbiguousMatch',
  unknown: 'NoEntraRecord',
  absent: 'NoIdentity',
};

export interface UserFindings {
  readonly id: Finding;
  readonly sid: Finding;
  readonly upn: Finding;
}

/** What cannot be (two objects of one id, a deciding identity that contradicts itself) is no reason to guess. */
export const judgeUser = ({ id, sid, upn }: UserFindings): IdentityVerdict =>
  USER_RULE.find((row) => row.id.includes(id) && row.sid.includes(sid) && row.upn.includes(upn))?.verdict ??
  'IdentityConflict';

/** A disabled object is still the one that was meant: the mapping says whether it is a member. */
export const underPolicy = (verdict: IdentityVerdict, disabledObjects: DisabledObjects): IdentityVerdict =>
  verdict === 'ObjectDisabled' && disabledObjects === 'keep' ? 'object' : verdict;
