import { isoSeconds } from '../clock.js';
import type { Kind } from '../world/directory.js';
import type { World } from '../world/world.js';

type Read = (world: World, row: number) => unknown;

const created: Read = ({ directory }, row) => isoSeconds(directory.createdAt.get(row) ?? Date.UTC(2025, 0, 1));
const id: Read = ({ directory }, row) => directory.idOf(row);
const name: Read = ({ directory }, row) =>
  directory.groups.get(row)?.traits.displayName ?? directory.names.get(row) ?? null;
const enabled: Read = ({ directory }, row) => directory.enabled(row);
const nothing: Read = () => null;

const SID = /-(\d+)$/;
const synced: Read = ({ directory }, row) => (directory.sids.get(row) ? true : null);

const DEVICE: Record<string, Read> = {
  id,
  deletedDateTime: nothing,
  accountEnabled: enabled,
  deviceId: ({ directory }, row) => directory.deviceIds.get(row),
  displayName: name,
  isCompliant: () => true,
  isManaged: () => true,
  onPremisesSyncEnabled: nothing,
  operatingSystem: () => 'Windows',
  operatingSystemVersion: () => '10.0.26100.2033',
  profileType: () => 'RegisteredDevice',
  registrationDateTime: created,
  trustType: () => 'ServerAd',
};

const USER: Record<string, Read> = {
  id,
  businessPhones: () => [],
  displayName: name,
  givenName: nothing,
  jobTitle: nothing,
  mail: ({ directory }, row) => directory.upns.get(row) ?? null,
  mobilePhone: nothing,
  officeLocation: nothing,
  preferredLanguage: nothing,
  surname: nothing,
  userPrincipalName: ({ directory }, row) => directory.upns.get(row),
  accountEnabled: enabled,
  createdDateTime: created,
  userType: ({ directory }, row) => (directory.guests.has(row) ? 'Guest' : 'Member'),
  onPremisesSyncEnabled: synced,
  onPremisesSecurityIdentifier: ({ directory }, row) => directory.sids.get(row) ?? null,
  onPremisesSamAccountName: ({ directory }, row) => directory.samAccountNames.get(row) ?? null,
  onPremisesImmutableId: ({ directory }, row) => SID.exec(directory.sids.get(row) ?? '')?.[1] ?? null,
};

/** What `GET /users` shows without `$select`. */
const USER_DEFAULT = Object.keys(USER).slice(0, 11);

const traits = (world: World, row: number) => world.directory.groups.get(row)!.traits;

const GROUP: Record<string, Read> = {
  id,
  deletedDateTime: nothing,
  createdDateTime: created,
  description: (w, r) => traits(w, r).description,
  displayName: name,
  groupTypes: (w, r) => traits(w, r).groupTypes,
  isAssignableToRole: (w, r) => traits(w, r).isAssignableToRole,
  mail: (w, r) => (traits(w, r).mailEnabled ? `${traits(w, r).mailNickname}@${w.tenantDomain}` : null),
  mailEnabled: (w, r) => traits(w, r).mailEnabled,
  mailNickname: (w, r) => traits(w, r).mailNickname,
  membershipRule: (w, r) => traits(w, r).membershipRule,
  membershipRuleProcessingState: (w, r) => (traits(w, r).membershipRule ? 'On' : null),
  onPremisesSyncEnabled: (w, r) => traits(w, r).onPremisesSyncEnabled,
  securityEnabled: (w, r) => traits(w, r).securityEnabled,
  visibility: (w, r) => traits(w, r).visibility,
};

const SERVICE_PRINCIPAL: Record<string, Read> = {
  id,
  accountEnabled: enabled,
  appId: ({ directory }, row) => directory.appIds.get(row),
  displayName: name,
  servicePrincipalType: () => 'Application',
};

const SHAPES: Record<Kind, Record<string, Read>> = {
  device: DEVICE,
  user: USER,
  group: GROUP,
  servicePrincipal: SERVICE_PRINCIPAL,
  orgContact: { id, displayName: name },
};

export const ODATA_TYPE: Record<Kind, string> = {
  device: '#microsoft.graph.device',
  user: '#microsoft.graph.user',
  group: '#microsoft.graph.group',
  servicePrincipal: '#microsoft.graph.servicePrincipal',
  orgContact: '#microsoft.graph.orgContact',
};

export function hasProperty(kind: Kind, property: string): boolean {
  return Object.hasOwn(SHAPES[kind], property);
}

export function readProperty(world: World, row: number, property: string): unknown {
  return SHAPES[world.directory.kindOf(row)][property]?.(world, row);
}

/** An object as JSON: the selected properties it has, or the standard ones. `id` comes with every selection of members. */
export function shapeOf(world: World, row: number, select: string[] | undefined): Record<string, unknown> {
  const kind = world.directory.kindOf(row);
  const shape = SHAPES[kind];
  const names =
    select?.filter((property) => Object.hasOwn(shape, property)) ??
    (kind === 'user' ? USER_DEFAULT : Object.keys(shape));
  return Object.fromEntries(names.map((property) => [property, shape[property]!(world, row)]));
}

export function selectOf(query: URLSearchParams): string[] | undefined {
  const text = query.get('$select');
  return text ? text.split(',').map((property) => property.trim()) : undefined;
}
