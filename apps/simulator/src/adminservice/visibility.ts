import { requiredValues, type Filter } from '../odata/filter.js';
import type { Simulation } from '../simulation.js';
import type { Collection } from '../world/collection.js';
import { applyDueEdits } from '../world/evaluation.js';

/** The collections that the caller may see, evaluated up to now, in the order of their ids. */
export function visibleCollections(sim: Simulation, filter?: Filter): Collection[] {
  const wanted = requiredValues(filter, 'CollectionID');
  const { site } = sim.world;
  const candidates = wanted
    ? [...new Set(wanted.map(String))].sort().flatMap((id) => site.collection(id) ?? caseless(sim, id) ?? [])
    : site.orderedCollections();
  return candidates.filter((collection) => visible(sim, collection)).map((collection) => evaluated(sim, collection));
}

export function visibleCollection(sim: Simulation, id: string): Collection | undefined {
  const collection = sim.world.site.collection(id) ?? caseless(sim, id);
  return collection && visible(sim, collection) ? evaluated(sim, collection) : undefined;
}

/** Collections whose members can be listed: a deleted one may linger there. */
export function memberCollections(sim: Simulation, filter?: Filter): Collection[] {
  const wanted = requiredValues(filter, 'CollectionID');
  const { site } = sim.world;
  const hidden = sim.adminService['rbac.hideCollection'];
  const lingering = sim.adminService['collection.deletedLinger'];
  const candidates = wanted
    ? [...new Set(wanted.map(String))].sort().flatMap((id) => site.collection(id) ?? caseless(sim, id) ?? [])
    : site.orderedCollections();
  return candidates
    .filter((c) => !hidden.includes(c.id) && (!c.deleted || lingering))
    .map((collection) => evaluated(sim, collection));
}

/** The database behind a site compares without case. */
function caseless(sim: Simulation, id: string): Collection | undefined {
  return sim.world.site.collection(id.toUpperCase());
}

function visible(sim: Simulation, collection: Collection): boolean {
  return !collection.deleted && !sim.adminService['rbac.hideCollection'].includes(collection.id);
}

function evaluated(sim: Simulation, collection: Collection): Collection {
  applyDueEdits(collection, sim.clock.now(), sim.adminService['data.timeNotMoved']);
  return collection;
}
