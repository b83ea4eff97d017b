import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import type { GraphCall } from './graph-call.js';
import { graphJson, noContent, refuse } from './graph-error.js';
import { bindMembers } from './member-writes.js';
import { hasProperty, selectOf, shapeOf } from './object-shape.js';
import { mustHave } from './permissions.js';
import { referencedId } from './reference.js';

const traits = z.strictObject({
  displayName: z.string().min(1).max(256).optional(),
  description: z.string().nullable().optional(),
  mailNickname: z.string().optional(),
});

const creation = traits.required({ displayName: true, mailNickname: true }).extend({
  mailEnabled: z.boolean(),
  securityEnabled: z.boolean(),
  groupTypes: z.array(z.string()).default([]),
  isAssignableToRole: z.boolean().nullable().optional(),
  membershipRule: z.string().nullable().optional(),
  membershipRuleProcessingState: z.string().optional(),
  visibility: z.string().nullable().optional(),
  'members@odata.bind': z.array(z.string()).optional(),
  'owners@odata.bind': z.array(z.string()).optional(),
});

/** `GET /groups/{id}`. */
export function getGroup(sim: Simulation, call: GraphCall, id: string): Answer {
  mustHave(sim, call.principal, 'readGroup');
  const group = sim.world.directory.group(id);
  const seen = group && sim.clock.now() - group.createdAt >= sim.graph.groupLagMs;
  if (!seen) throw refuse.notFound(id);
  const select = selectOf(call.query);
  const unknown = select?.find((property) => !hasProperty('group', property));
  if (unknown)
    throw refuse.badRequest(
      `Could not find a property named '${unknown}' on type 'microsoft.graph.group'.`,
      'BadRequest',
    );
  const context = `${call.root}/${call.version}/$metadata#groups${select ? `(${select.join(',')})` : ''}/$entity`;
  return graphJson({ '@odata.context': context, ...shapeOf(sim.world, group.row, select) });
}

/** `PATCH /groups/{id}`: members by `members@odata.bind`, or properties. */
export async function patchGroup(
  sim: Simulation,
  call: GraphCall,
  id: string,
  body: Record<string, unknown>,
): Promise<Answer> {
  const { 'members@odata.bind': references, ...rest } = body;
  if (references !== undefined) {
    if (!Array.isArray(references) || references.length === 0 || Object.keys(rest).length > 0) {
      throw refuse.badRequest('Invalid value specified for members@odata.bind.', 'BadRequest');
    }
    return bindMembers(sim, call, id, references);
  }
  mustHave(sim, call.principal, 'writeGroup');
  const group = sim.world.directory.group(id);
  if (!group) throw refuse.notFound(id);
  const change = traits.safeParse(rest);
  if (!change.success) throw refuse.badRequest('One or more property values specified are invalid.');
  sim.world.directory.updateGroup(group, change.data);
  return noContent();
}

/** `POST /groups`. */
export function createGroup(sim: Simulation, call: GraphCall, body: unknown): Answer {
  mustHave(sim, call.principal, 'createGroup');
  const parsed = creation.safeParse(body);
  if (!parsed.success) throw refuse.badRequest('A required property is missing or invalid.');
  const { 'members@odata.bind': members = [], 'owners@odata.bind': owners = [], ...rest } = parsed.data;
  if (members.length + owners.length > 20)
    throw refuse.badRequest('A resource cannot contain more than 20 link changes');
  const { membershipRuleProcessingState: _state, ...given } = rest;
  const { directory } = sim.world;
  const rows = (references: string[]) =>
    references.map((reference) => directory.find(referencedId(sim, call, reference)));
  const memberRows = rows(members);
  const ownerRows = rows(owners);
  const missing = [...memberRows, ...ownerRows].indexOf(-1);
  if (missing >= 0) throw refuse.notFound([...members, ...owners][missing]!.split('/').pop()!);
  const group = directory.addGroup(randomUUID(), given);
  for (const row of memberRows) directory.link(group, row);
  const creator = call.principal.objectId ? directory.find(call.principal.objectId) : -1;
  for (const row of [...ownerRows, creator]) if (row >= 0) group.owners.add(row);
  const context = `${call.root}/${call.version}/$metadata#groups/$entity`;
  return graphJson({ '@odata.context': context, ...shapeOf(sim.world, group.row, undefined) }, 201);
}

/** `POST /groups/{id}/owners/$ref`. */
export function addOwner(sim: Simulation, call: GraphCall, id: string, body: Record<string, unknown>): Answer {
  mustHave(sim, call.principal, 'writeGroup');
  const group = sim.world.directory.group(id);
  if (!group) throw refuse.notFound(id);
  const owner = referencedId(sim, call, body['@odata.id']);
  const row = sim.world.directory.find(owner);
  if (row < 0) throw refuse.notFound(owner);
  if (!group.owners.add(row)) {
    throw refuse.badRequest(
      "One or more added object references already exist for the following modified properties: 'owners'.",
    );
  }
  return noContent();
}
