import { describe, expect, it } from 'vitest';
import { DEVICE_RULE, FINDINGS, judgeUser, USER_RULE, type Finding, type IdentityVerdict } from './identity-rule.js';
import { REASONS } from './reasons.js';

const ALL = Object.keys(FINDINGS) as Finding[];
const SOMEBODY: Finding[] = ['known', 'disabled', 'ambiguous'];
const every = ALL.flatMap((id) => ALL.flatMap((sid) => ALL.map((upn) => ({ id, sid, upn }))));

describe('the rule of a user', () => {
  it.each(every)('id $id, SID $sid, UPN $upn', ({ id, sid, upn }) => {
    const verdict = judgeUser({ id, sid, upn });
    const [strongest = 'absent', ...weaker] = [id, sid, upn].filter((finding) => finding !== 'absent');
    const expected = (): IdentityVerdict => {
      if (strongest === 'absent') return 'NoIdentity';
      if (strongest === 'unknown')
        return weaker.some((one) => SOMEBODY.includes(one)) ? 'IdentityConflict' : 'NoEntraRecord';
      if (strongest === 'deleted') return 'ObjectDeleted';
      if (strongest === 'disabled' || strongest === 'known') {
        if (id !== 'absent' && sid === 'contradicting') return 'IdentityConflict';
        return strongest === 'known' ? 'object' : 'ObjectDisabled';
      }
      return strongest === 'ambiguous' && id === 'absent' ? 'AmbiguousMatch' : 'IdentityConflict';
    };
    expect(verdict).toBe(expected());
  });

  it('has no row that another one hides', () => {
    const used = new Set(
      every.map(({ id, sid, upn }) =>
        USER_RULE.findIndex((row) => row.id.includes(id) && row.sid.includes(sid) && row.upn.includes(upn)),
      ),
    );
    for (const at of USER_RULE.keys()) expect(used, `row ${at}`).toContain(at);
  });
});

it('the rule of a device has a verdict for every finding, and each reason is one', () => {
  expect(Object.keys(DEVICE_RULE).sort()).toEqual(ALL.filter((finding) => finding !== 'contradicting').sort());
  for (const verdict of [...Object.values(DEVICE_RULE), ...USER_RULE.map((row) => row.verdict)]) {
    if (verdict !== 'object') expect(REASONS).toHaveProperty(verdict);
  }
});
