import { describe, expect, it } from 'vitest';
import { DEVICE_RULE, FINDINGS, USER_RULE } from './identity-rule.js';
import { REASONS } from './reasons.js';

const section = (title: string, waiting: boolean): string[] => [
  `## ${title}`,
  '',
  ...Object.entries(REASONS)
    .filter(([, reason]) => reason.waiting === waiting)
    .map(([name, { advice }]) => `- **${name}**: ${advice}`),
  '',
];

const shown = (findings: readonly string[]): string =>
  findings.length === Object.keys(FINDINGS).length ? 'any' : findings.join(', ');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[], fill = ' '): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0, fill)).join(' | ')} |`;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...rows.map((row) => line(row)),
  ];
};

const page = [
  '# Why a member is not in its group',
  '',
  'Every member that failed, waits or is held carries one of these codes, in the API, the console and the events. The list is',
  'closed. This page is made from `libs/core/src/reasons.ts` (`npx vitest run --project unit libs/core/src/reasons.spec.ts -u`).',
  '',
  ...section('Ends by itself when the site or the directory changes', true),
  ...section('Stays until somebody acts', false),
  '## How a member finds its directory object',
  '',
  'In this order, against the mirror of the directory of the tenant that the group belongs to:',
  '',
  '1. The site names another tenant (`AADTenantID`) than that of the group: `OtherTenant`.',
  '2. A device is the object whose `deviceId` is its `AADDeviceID`. Without one: `NoIdentity`.',
  '3. A user is the object whose id is its `AADUserID`; where the site knows no such id, the one whose `onPremisesSecurityIdentifier` is its',
  '   SID; where it knows neither, the one with its user principal name. Upper and lower case make no difference. With none of the three:',
  '   `NoIdentity`. In a tenant where none of several such ids is an object id, one that names nobody counts as not known, if there is a',
  '   SID: that is never given to another account.',
  '4. Anything else (groups, unknown systems): `UnsupportedResourceType`.',
  '',
  'The strongest identity that the site knows decides. A weaker one never stands in for it: a user principal name passes from a leaver to',
  'somebody else, and that person is not the member. Null, empty and all-zero ids count as absent. The tables say what follows from what',
  'the mirror holds; the first row that fits counts. One enabled object wins over stale disabled and deleted ones.',
  '',
  ...table(['finding', 'meaning'], Object.entries(FINDINGS)),
  '',
  ...table(['device id', 'verdict'], Object.entries(DEVICE_RULE)),
  '',
  ...table(
    ['user id', 'SID', 'user principal name', 'verdict'],
    USER_RULE.map(({ id, sid, upn, verdict }) => [shown(id), shown(sid), shown(upn), verdict]),
  ),
  '',
  'A user principal name that differs from that of the object found by a stronger identity is a renaming, and no conflict. A device that',
  'registers again keeps its device id, and joins with its new object; or it gets a new one, and joins when the site has learned that. A',
  'deleted object is remembered for 30 days, for as long as Entra ID can restore it; after that its members say `NoEntraRecord`.',
  '',
  '## Disabled objects, and matches that are ambiguous',
  '',
  '`ObjectDisabled` is the verdict for a mapping whose policy `disabledObjects` is `remove`: a disabled device or user leaves the group,',
  'under the removal guard, and comes back when it is enabled. With `keep`, the default of a new mapping, a disabled object is a member like',
  'any other, as in Configuration Manager, whose documentation asks of a resource only that it has a record in Entra ID ([Synchronize',
  'members](https://learn.microsoft.com/mem/configmgr/core/clients/manage/collections/create-collections#bkmk_aadcollsync)). Mappings of',
  'releases that had no such policy took disabled objects out, and have `remove` after an upgrade. Changing the policy resolves all members',
  'again.',
  '',
  'An ambiguous match removes nobody: whoever of the objects it fits is in the group stays, whether a run of ours or somebody else put it',
  'there, and nobody is added. The member is shown as failed with `AmbiguousMatch`. It leaves when the site or Entra ID say who is meant, or',
  'when the resource leaves the collection.',
  '',
].join('\n');

describe('reasons', () => {
  it('are documented, all of them', async () => {
    await expect(page).toMatchFileSnapshot('../../../docs/reasons.md');
  });

  it('each say what to do in whole sentences', () => {
    for (const { advice } of Object.values(REASONS)) expect(advice).toMatch(/^[A-Z].{20,}\.$/s);
  });
});
