import { describe, expect, it } from 'vitest';
import { REASONS } from './reasons.js';

const section = (title: string, waiting: boolean): string[] => [
  `## ${title}`,
  '',
  ...Object.entries(REASONS)
    .filter(([, reason]) => reason.waiting === waiting)
    .map(([name, { advice }]) => `- **${name}**: ${advice}`),
  '',
];

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
  '3. A user is the object whose id is its `AADUserID`, if the mirror knows it; else the one whose `onPremisesSecurityIdentifier` is its',
  '   SID; else the one with its user principal name. Upper and lower case make no difference. With none of the three: `NoIdentity`.',
  '4. Anything else (groups, unknown systems): `UnsupportedResourceType`.',
  '5. No object matches: `NoEntraRecord`; only deleted ones: `ObjectDeleted`; only disabled ones: `ObjectDisabled`; several enabled ones:',
  '   `AmbiguousMatch`. One enabled object wins over stale disabled and deleted ones.',
  '',
  'Null, empty and all-zero ids count as absent. A deleted object is remembered for 30 days, for as long as Entra ID can restore it; after',
  'that its members say `NoEntraRecord`.',
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
