import type { WorldInput } from './world-spec.js';

const pad = (n: number, width: number) => String(n).padStart(width, '0');
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const groupId = (n: number) => `9e000000-0000-4000-8000-${pad(n, 12)}`;

const offices = ['Berlin', 'Lisbon', 'Osaka', 'Quito'];
const teams = ['Finance', 'Sales', 'Engineering', 'People'];

const deviceNames = range(1, 240).map((n) => `${offices[n % 4]!.slice(0, 3).toUpperCase()}-PC${pad(n, 4)}`);
const ofOffice = (office: string) => deviceNames.filter((name) => name.startsWith(office.slice(0, 3).toUpperCase()));
const userNames = range(1, 120).map((n) => `${teams[n % 4]!.toLowerCase()}.user${pad(n, 3)}`);
const ofTeam = (team: string) => userNames.filter((name) => name.startsWith(team.toLowerCase()));
const display = (userName: string) => userName.replace('.', ' ').replaceAll(/\b[a-z]/g, (c) => c.toUpperCase());
const userResource = (userName: string) => `CONTOSO\\${userName} (${display(userName)})`;

const targets = [
  ...offices.map((office) => `Intune - ${office} devices`),
  ...teams.map((team) => `App access - ${team}`),
  'Intune - Pilot ring',
  'Intune - Kiosks',
];

/** A small living company: devices and users in several collections, groups for them, and groups that refuse to be written. */
export const demoWorld: WorldInput = {
  name: 'demo',
  seed: 42,
  devices: [
    ...deviceNames.map((name, i) => ({
      name,
      coManaged: i % 3 === 0,
      joined: i % 40 === 39 ? ('none' as const) : ('both' as const),
    })),
    { name: 'BER-KIOSK1', obsolete: true, joined: 'none' as const },
    { name: 'BER-KIOSK2', joined: 'site' as const, tenantId: '07e40000-0000-4000-8000-000000000009' },
  ],
  users: userNames.map((userName, i) => ({
    name: userResource(userName),
    userName,
    identity: i % 5 === 4 ? ('sid' as const) : i % 60 === 59 ? ('none' as const) : ('aad' as const),
  })),
  userGroups: [{ name: 'CONTOSO\\Sales Managers' }],
  unknownSystems: ['x64 Unknown Computer (x64 Unknown Computer)'],
  groups: [
    ...targets.map((displayName, i) => ({ id: groupId(i + 1), displayName, description: 'Kept by Collection Sync' })),
    {
      id: groupId(101),
      displayName: 'Intune - All Windows (dynamic)',
      groupTypes: ['DynamicMembership'],
      membershipRule: '(device.deviceOSType -eq "Windows")',
    },
    {
      id: groupId(102),
      displayName: 'App access - Everyone (Microsoft 365)',
      groupTypes: ['Unified'],
      mailEnabled: true,
    },
    { id: groupId(103), displayName: 'App access - On-premises admins', onPremisesSyncEnabled: true },
    { id: groupId(104), displayName: 'App access - Newsletter', mailEnabled: true, securityEnabled: false },
    { id: groupId(105), displayName: 'Intune - Role holders', isAssignableToRole: true },
    ...range(1, 1200).map((n) => ({ id: groupId(1000 + n), displayName: `Project ${pad(n, 4)}` })),
  ],
  collections: [
    ...offices.map((office) => ({ name: `${office} devices`, members: ofOffice(office) })),
    { name: 'Pilot ring', members: deviceNames.filter((_, i) => i % 10 === 0) },
    { name: 'Kiosks', members: ['BER-KIOSK1', 'BER-KIOSK2', 'x64 Unknown Computer (x64 Unknown Computer)'] },
    ...teams.map((team) => ({
      name: `${team} people`,
      type: 'user' as const,
      members: ofTeam(team).map(userResource),
    })),
    {
      name: 'Sales leaders',
      type: 'user' as const,
      members: [...ofTeam('Sales').slice(0, 5).map(userResource), 'CONTOSO\\Sales Managers'],
    },
    { name: 'Empty lab', members: [] },
  ],
};
