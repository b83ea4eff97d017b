import type { FastifyInstance } from 'fastify';
import { evaluationRules } from '../adminservice/actions.js';
import type { Simulation } from '../simulation.js';
import { COLLECTION_TYPES, type Collection } from '../world/collection.js';
import { editMembers, applyDueEdits } from '../world/evaluation.js';
import { addCollection, resourceOf } from '../world/populate.js';
import { newCollection } from '../world/world-spec.js';
import { ControlError, notFound } from './control-error.js';
import { collectionChange, mappingRequest, memberEdit, memberSet, shuffleRequest } from './schemas.js';

type IdParams = { Params: { id: string } };

export function collectionRoutes(app: FastifyInstance, sim: Simulation): void {
  const find = (id: string): Collection => {
    const collection = sim.world.site.collection(id);
    if (!collection || collection.deleted) throw notFound(`Collection '${id}'`);
    applyDueEdits(collection, sim.clock.now(), sim.adminService['data.timeNotMoved']);
    return collection;
  };
  const edit = (collection: Collection, add: number[], remove: number[]) => {
    for (const resource of add) collection.direct.add(resource);
    for (const resource of remove) collection.direct.delete(resource);
    const effect = editMembers(collection, { add, remove }, sim.clock.now(), evaluationRules(sim));
    return { ...effect, memberCount: collection.members.size, pending: collection.pending.length };
  };
  const resolve = (collection: Collection, members: (string | number)[]) =>
    members.map((member) => resourceOf(sim.world, member, collection.type));

  app.get('/collections', () =>
    sim.world.site
      .orderedCollections()
      .filter((c) => !c.deleted)
      .map(summary),
  );
  app.post('/collections', (request, reply) => {
    const collection = addCollection(sim.world, newCollection.parse(request.body));
    return reply.code(201).send(summary(collection));
  });
  app.get<IdParams>('/collections/:id', (request) => {
    const collection = find(request.params.id);
    return { ...summary(collection), members: [...collection.members].slice(0, 10_000).map((id) => shown(sim, id)) };
  });
  app.patch<IdParams>('/collections/:id', (request) => {
    const collection = find(request.params.id);
    const change = collectionChange.parse(request.body);
    if (change.name !== undefined) collection.name = change.name;
    if (change.comment !== undefined) collection.comment = change.comment;
    if (change.status !== undefined) collection.shownStatus = change.status ?? undefined;
    collection.lastChangeTime = sim.clock.now();
    return summary(collection);
  });
  app.delete<IdParams>('/collections/:id', (request) => {
    const collection = find(request.params.id);
    if (collection.builtIn) throw new ControlError(409, 'A built-in collection cannot be deleted.');
    collection.deleted = true;
    return { deleted: collection.id };
  });
  app.post<IdParams>('/collections/:id/members', (request) => {
    const collection = find(request.params.id);
    const { add, remove } = memberEdit.parse(request.body);
    return edit(collection, resolve(collection, add), resolve(collection, remove));
  });
  app.put<IdParams>('/collections/:id/members', (request) => {
    const collection = find(request.params.id);
    const wanted = new Set(resolve(collection, memberSet.parse(request.body).members));
    const remove = [...collection.members].filter((resource) => !wanted.has(resource));
    return edit(
      collection,
      [...wanted].filter((resource) => !collection.members.has(resource)),
      remove,
    );
  });
  app.post<IdParams>('/collections/:id/shuffle', (request) => {
    const collection = find(request.params.id);
    const { leave, join } = shuffleRequest.parse(request.body);
    return edit(collection, pickOutsiders(sim, collection, join), pickMembers(sim, collection, leave));
  });
  app.post('/collections/burst', () => {
    const changed = sim.world.site.orderedCollections().filter((c) => !c.deleted && !c.builtIn && c.members.size > 0);
    for (const collection of changed)
      edit(collection, pickOutsiders(sim, collection, 1), pickMembers(sim, collection, 1));
    return { changed: changed.length };
  });
  app.post('/cloud-mappings', (request, reply) => {
    const mapping = mappingRequest.parse(request.body);
    sim.world.site.mappings.push(mapping);
    find(mapping.collectionId).cloudSyncCount += 1;
    return reply.code(201).send(mapping);
  });
}

function summary(collection: Collection): object {
  return {
    id: collection.id,
    name: collection.name,
    type: COLLECTION_TYPES[collection.type],
    memberCount: collection.members.size,
    pending: collection.pending.length,
    lastMemberChangeTime: new Date(collection.lastMemberChangeTime).toISOString(),
  };
}

function shown(sim: Simulation, resource: number): object {
  const table = sim.world.site.tableOf(resource);
  return { resourceId: resource, name: table?.names.get(resource - table.base) ?? null, type: table?.type };
}

function pickMembers(sim: Simulation, collection: Collection, n: number): number[] {
  const picked = new Set<number>();
  const most = Math.min(n, collection.members.size);
  while (picked.size < most) picked.add(collection.members.at(sim.random.below(collection.members.size)));
  return [...picked];
}

/** Resources of the limiting collection that are not members yet. */
function pickOutsiders(sim: Simulation, collection: Collection, n: number): number[] {
  const all = sim.world.site.collection(collection.limitTo.id)!.members;
  const picked = new Set<number>();
  const most = Math.min(n, all.size - collection.members.size);
  for (let tries = 0; picked.size < most && tries < most * 50 + 1000; tries += 1) {
    const resource = all.at(sim.random.below(all.size));
    if (!collection.members.has(resource)) picked.add(resource);
  }
  return [...picked];
}
