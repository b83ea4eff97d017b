import type { FastifyInstance } from 'fastify';
import type { Simulation } from '../simulation.js';
import type { Group } from '../world/group.js';
import { addGroup, objectOf } from '../world/populate.js';
import { newGroup } from '../world/world-spec.js';
import { notFound } from './control-error.js';
import { groupChange, groupEdit } from './schemas.js';

type IdParams = { Params: { id: string } };

export function groupRoutes(app: FastifyInstance, sim: Simulation): void {
  /** By object id or display name. */
  const find = (id: string): Group => {
    const { directory } = sim.world;
    const named = () =>
      [...directory.groups.values()].find((g) => g.traits.displayName === id && directory.alive(g.row));
    const group = directory.group(id) ?? named();
    if (!group) throw notFound(`Group '${id}'`);
    return group;
  };
  app.get('/groups', () => {
    const { directory } = sim.world;
    return [...directory.groups.values()]
      .filter((group) => directory.alive(group.row))
      .map((group) => summary(sim, group));
  });
  app.post('/groups', (request, reply) =>
    reply.code(201).send(summary(sim, addGroup(sim.world, newGroup.parse(request.body)))),
  );
  app.get<IdParams>('/groups/:id', (request) => {
    const group = find(request.params.id);
    const { directory } = sim.world;
    const members = [...group.members].map((row) => ({
      id: directory.idOf(row),
      type: directory.kindOf(row),
      name: directory.groups.get(row)?.traits.displayName ?? directory.names.get(row) ?? null,
    }));
    return {
      ...summary(sim, group),
      ...group.traits,
      owners: [...group.owners].map((row) => directory.idOf(row)),
      members,
    };
  });
  app.post<IdParams>('/groups/:id/members', (request) => {
    const group = find(request.params.id);
    const { add, remove } = groupEdit.parse(request.body);
    const added = add
      .map((member) => objectOf(sim.world, member))
      .filter((row) => sim.world.directory.link(group, row));
    const removed = remove
      .map((member) => objectOf(sim.world, member))
      .filter((row) => sim.world.directory.unlink(group, row));
    return { added: added.length, removed: removed.length, memberCount: group.members.size };
  });
  app.patch<IdParams>('/groups/:id', (request) => {
    const group = find(request.params.id);
    const { owners, ...traits } = groupChange.parse(request.body);
    sim.world.directory.updateGroup(group, traits);
    if (owners) {
      for (const owner of [...group.owners]) group.owners.delete(owner);
      for (const owner of owners) group.owners.add(objectOf(sim.world, owner));
    }
    return summary(sim, group);
  });
  app.delete<IdParams>('/groups/:id', (request) => {
    const group = find(request.params.id);
    sim.world.directory.delete(group.row);
    return { deleted: sim.world.directory.idOf(group.row) };
  });
}

function summary(sim: Simulation, group: Group): object {
  return {
    id: sim.world.directory.idOf(group.row),
    displayName: group.traits.displayName,
    memberCount: group.members.size,
  };
}
