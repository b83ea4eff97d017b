import type { Simulation } from '../simulation.js';
import type { Group } from '../world/group.js';
import type { Kind } from '../world/directory.js';
import { DOCUMENTED } from './documented-permissions.js';
import type { Principal } from './graph-call.js';
import { refuse } from './graph-error.js';

const WRITE_DEVICES = ['Device.ReadWrite.All', 'Directory.ReadWrite.All'];
const READ_DEVICES = DOCUMENTED['GET /devices'];
const READ_USERS = DOCUMENTED['GET /users'];

/** Which application permissions allow what; any one of a list is enough. */
export const ALLOWS = {
  listGroups: DOCUMENTED['GET /groups'],
  listMembers: DOCUMENTED['GET /groups/{id}/members'],
  listMemberOf: DOCUMENTED['GET /groups/{id}/memberOf'],
  listOwners: DOCUMENTED['GET /groups/{id}/owners'],
  readGroup: DOCUMENTED['GET /groups/{id}'],
  trackGroups: DOCUMENTED['GET /groups/delta'],
  writeMembers: DOCUMENTED['POST /groups/{id}/members/$ref'],
  createGroup: DOCUMENTED['POST /groups'],
  writeGroup: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  readDevices: READ_DEVICES,
  trackDevices: DOCUMENTED['GET /devices/delta'],
  writeDevices: WRITE_DEVICES,
  readUsers: READ_USERS,
  trackUsers: DOCUMENTED['GET /users/delta'],
  writeUsers: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  readObjects: DOCUMENTED['POST /directoryObjects/getByIds'],
  readApplications: DOCUMENTED["GET /applications(appId='{id}')"],
} as const;

function may(sim: Simulation, who: Principal, what: keyof typeof ALLOWS): boolean {
  return !sim.graph.permissions || holds(who, ALLOWS[what]);
}

function holds(who: Principal, any: readonly string[]): boolean {
  return who.roles === 'all' || any.some((role) => (who.roles as ReadonlySet<string>).has(role));
}

export function mustHave(sim: Simulation, who: Principal, what: keyof typeof ALLOWS): void {
  if (!may(sim, who, what)) throw refuse.denied();
}

/** Writing members of this group, by application permission or, where the switch allows it, as an owner. */
export function mustWriteMembers(sim: Simulation, who: Principal, group: Group): void {
  if (!sim.graph.permissions) return;
  const owner =
    sim.graph.ownerWrites && who.objectId !== undefined && group.owners.has(sim.world.directory.find(who.objectId));
  if (!owner && !holds(who, ALLOWS.writeMembers)) throw refuse.denied();
  if (group.traits.isAssignableToRole && !holds(who, ['RoleManagement.ReadWrite.Directory'])) throw refuse.denied();
}

/** Adding an object of this kind needs a permission of its own. */
export function mayAdd(sim: Simulation, who: Principal, kind: Kind): boolean {
  if (!sim.graph.permissions) return true;
  switch (kind) {
    case 'device':
      return holds(who, sim.graph.deviceAdd === 'Read' ? READ_DEVICES : WRITE_DEVICES);
    case 'servicePrincipal':
      return holds(who, ['Application.ReadWrite.All', 'Directory.ReadWrite.All']);
    case 'orgContact':
      return holds(who, ['OrgContact.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All']);
    default:
      return true;
  }
}

/** Whether the properties of a listed member may be shown, or only its id and type. */
export function mayRead(sim: Simulation, who: Principal, kind: Kind): boolean {
  if (!sim.graph.permissions || !sim.graph.maskTypes) return true;
  if (kind === 'device') return holds(who, READ_DEVICES);
  if (kind === 'user') return holds(who, READ_USERS);
  if (kind === 'group') return holds(who, ALLOWS.readGroup);
  return holds(who, kind === 'orgContact' ? ['OrgContact.Read.All', 'Directory.Read.All'] : ALLOWS.readApplications);
}
