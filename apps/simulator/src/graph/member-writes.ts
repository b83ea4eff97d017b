import type { Answer, Note } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import type { Group } from '../world/group.js';
import { isGuid } from '../world/guid.js';
import type { GraphCall } from './graph-call.js';
import { GraphRefusal, noContent, refuse } from './graph-error.js';
import { mayAdd, mustWriteMembers } from './permissions.js';
import { referencedId } from './reference.js';

const MOST_LINKS = 20;

/** A group write under way: while it lasts, others on the same group compete with it. */
async function whileWriting(
  sim: Simulation,
  group: Group,
  named: string[],
  patch: boolean,
  work: () => Answer,
): Promise<Answer> {
  try {
    return await competing(sim, group, patch, work);
  } catch (refusal) {
    if (refusal instanceof GraphRefusal) refusal.note = { group: sim.world.directory.idOf(group.row), named };
    throw refusal;
  }
}

async function competing(sim: Simulation, group: Group, patch: boolean, work: () => Answer): Promise<Answer> {
  const limit = sim.graph.groupPatchLimit;
  if (patch && limit > 0 && group.writesUnderWay >= limit) throw overloaded(sim);
  if (patch) group.writesUnderWay += 1;
  try {
    await (sim.graph.latencyMs > 0 ? sim.clock.wait(sim.graph.latencyMs) : new Promise(setImmediate));
    if (!sim.world.directory.alive(group.row)) throw refuse.notFound(sim.world.directory.idOf(group.row));
    if (sim.random.chance(sim.graph.conflictRate)) throw conflict(sim);
    return work();
  } finally {
    if (patch) group.writesUnderWay -= 1;
  }
}

function overloaded(sim: Simulation): GraphRefusal {
  const answer = sim.graph.groupPatchAnswer;
  if (answer === '409' || (answer === 'mixed' && sim.random.chance(0.5))) return conflict(sim);
  return new GraphRefusal(503, 'Service_Unavailable', 'The service is temporarily unavailable. Please retry later.');
}

function conflict(sim: Simulation): GraphRefusal {
  return new GraphRefusal(
    409,
    'Directory_ConcurrencyViolation',
    'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
    sim.graph.conflictRetryAfter ? { 'Retry-After': '1' } : {},
  );
}

/** `POST /groups/{id}/members/$ref`: adds one member. */
export async function addMember(
  sim: Simulation,
  call: GraphCall,
  groupId: string,
  body: Record<string, unknown>,
): Promise<Answer> {
  const group = writableGroup(sim, call, groupId);
  const id = referencedId(sim, call, body['@odata.id']);
  return whileWriting(sim, group, [id], false, () => noted(linkAll(sim, call, group, [id]), groupId, [id]));
}

/** `PATCH /groups/{id}` with `members@odata.bind`: adds up to 20 members or none. */
export async function bindMembers(
  sim: Simulation,
  call: GraphCall,
  groupId: string,
  references: unknown[],
): Promise<Answer> {
  const group = writableGroup(sim, call, groupId);
  if (references.length > MOST_LINKS) {
    throw refuse.badRequest(`A resource cannot contain more than ${MOST_LINKS} link changes`);
  }
  const ids = references.map((reference) => referencedId(sim, call, reference));
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    throw refuse.badRequest(
      `Object '[DirectoryObject_${twice}]' referenced from '[Group_${groupId}]' can only be present once as an add/remove change.`,
    );
  }
  return whileWriting(sim, group, ids, true, () => noted(linkAll(sim, call, group, ids), groupId, ids));
}

/** `DELETE /groups/{id}/members/{member}/$ref`: removes one member. */
export async function removeMember(
  sim: Simulation,
  call: GraphCall,
  groupId: string,
  memberId: string,
): Promise<Answer> {
  const group = writableGroup(sim, call, groupId);
  if (!isGuid(memberId)) throw refuse.badRequest(`Invalid object identifier '${memberId}'.`);
  return whileWriting(sim, group, [memberId], false, () => {
    const row = sim.world.directory.find(memberId);
    if (row < 0 || !group.members.has(row)) throw notAMember(sim, memberId, row >= 0);
    sim.world.directory.unlink(group, row);
    const note: Note = { group: groupId, named: [memberId], removed: [memberId] };
    return { ...noContent(), note };
  });
}

function notAMember(sim: Simulation, memberId: string, exists: boolean): GraphRefusal {
  const how = sim.graph.removeMissing;
  if (how === '400' || (how === 'mixed' && exists && sim.random.chance(0.3))) {
    return refuse.badRequest(
      "One or more removed object references do not exist for the following modified properties: 'members'.",
    );
  }
  return refuse.notFound(memberId);
}

function noted(added: string[], group: string, named: string[]): Answer {
  return { ...noContent(), note: { group, named, added } };
}

/** The group, if it is there, old enough to be replicated, and may be written by this caller. */
function writableGroup(sim: Simulation, call: GraphCall, groupId: string): Group {
  if (!isGuid(groupId)) throw refuse.badRequest(`Invalid object identifier '${groupId}'.`);
  const group = sim.world.directory.group(groupId);
  if (!group) throw refuse.notFound(groupId);
  if (sim.clock.now() - group.createdAt < sim.graph.groupLagMs) {
    throw refuse.badRequest("The source resource object or one of the objects being referenced don't exist.");
  }
  mustWriteMembers(sim, call.principal, group);
  refuseByGroupType(sim, group);
  return group;
}

/** Groups whose membership Graph does not manage. Source: learn.microsoft.com/graph/api/resources/groups-overview */
function refuseByGroupType(sim: Simulation, group: Group): void {
  const { groupTypes, onPremisesSyncEnabled, mailEnabled } = group.traits;
  if (groupTypes.includes('DynamicMembership')) {
    if (sim.graph.dynamicStatus === 400) throw refuse.badRequest('Insufficient privileges to complete the operation.');
    throw refuse.denied();
  }
  if (onPremisesSyncEnabled) {
    throw refuse.badRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    );
  }
  if (mailEnabled && !groupTypes.includes('Unified')) throw refuse.denied();
}

/** Links all ids or none (unless `patchAtomic` is off); answers those that are new. */
function linkAll(sim: Simulation, call: GraphCall, group: Group, ids: string[]): string[] {
  const { directory } = sim.world;
  const quota = sim.graph.memberQuota;
  const over = quota > 0 && group.members.size + ids.length > quota;
  const exceeded = () =>
    new GraphRefusal(
      403,
      'Directory_QuotaExceeded',
      `Unable to perform operation as '${group.members.size + ids.length}' would exceed the maximum quota count '${quota}' for forward-link members.`,
    );
  if (over && sim.graph.quotaFirst) throw exceeded();
  const problems = ids.map((id) => problemOf(sim, call, group, id));
  const added: string[] = [];
  const link = () => {
    ids.forEach((id, i) => {
      if (!problems[i] && directory.link(group, directory.find(id))) added.push(id);
    });
  };
  const first = mostImportant(problems);
  if (first) {
    if (!sim.graph.patchAtomic) link();
    throw first;
  }
  if (over) throw exceeded();
  link();
  return added;
}

function mostImportant(problems: (GraphRefusal | undefined)[]): GraphRefusal | undefined {
  const found = problems.filter((problem) => problem !== undefined);
  return found.find((problem) => problem.status !== 400) ?? found[0];
}

function problemOf(sim: Simulation, call: GraphCall, group: Group, id: string): GraphRefusal | undefined {
  const { directory } = sim.world;
  const row = directory.find(id);
  const age = sim.clock.now() - (directory.createdAt.get(row) ?? 0);
  if (row < 0 || age < sim.graph.objectLagMs) {
    return refuse.notFound(sim.graph.notFoundNames === 'group' ? directory.idOf(group.row) : id);
  }
  const kind = directory.kindOf(row);
  if (!mayAdd(sim, call.principal, kind)) return refuse.denied();
  const wrong = wrongType(sim, group, row);
  if (wrong) return wrong;
  if (!group.members.has(row)) return undefined;
  return refuse.badRequest(
    "One or more added object references already exist for the following modified properties: 'members'.",
  );
}

/** Who may join which group. Source: learn.microsoft.com/graph/api/group-post-members */
function wrongType(sim: Simulation, group: Group, row: number): GraphRefusal | undefined {
  const { directory } = sim.world;
  const kind = directory.kindOf(row);
  const unified = group.traits.groupTypes.includes('Unified');
  if (kind === 'group' && directory.groups.get(row)!.traits.groupTypes.includes('Unified')) {
    return refuse.badRequest(
      'Unified Groups cannot be added to Unified Groups. paramName: Members, paramValue: , objectType: Group',
    );
  }
  if (!unified) return undefined;
  if (kind === 'user') {
    return directory.guests.has(row) && group.traits.visibility === 'HiddenMembership'
      ? new GraphRefusal(
          403,
          'Authorization_RequestDenied',
          'Guests users are not allowed to join this Unified Group due to policy setting',
        )
      : undefined;
  }
  return refuse.badRequest(`The member of type '${kind}' cannot be added to Unified Groups. paramName: Members`);
}
