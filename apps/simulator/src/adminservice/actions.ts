import { z } from 'zod';
import type { Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import type { Collection } from '../world/collection.js';
import { editMembers } from '../world/evaluation.js';
import { error, json } from './answers.js';
import type { ClassPath } from './path.js';
import { visibleCollection } from './visibility.js';

const rule = z.object({
  collectionRule: z.object({
    '@odata.type': z.literal('#AdminService.SMS_CollectionRuleDirect'),
    ResourceClassName: z.string(),
    RuleName: z.string(),
    ResourceID: z.int(),
  }),
});

const creation = z.object({
  Name: z.string().min(1),
  CollectionType: z.union([z.literal(1), z.literal(2)]),
  LimitToCollectionID: z.string(),
  Comment: z.string().default(''),
});

/** `POST`: a bound action of a collection, or a static method. */
export function runAction(sim: Simulation, path: ClassPath, body: string): Answer {
  const done = json({ '@odata.context': '$metadata#__PARAMETERS', ReturnValue: 0 }, 201);
  if (!path.keys) return path.action ? done : error(405, `${path.name} cannot be created.`);
  const collection = path.name === 'SMS_Collection' ? visibleCollection(sim, String(path.keys[0])) : undefined;
  if (!collection) return error(404, `No ${path.name} with key '${String(path.keys[0])}'.`);
  switch (path.action) {
    case 'RequestRefresh':
      editMembers(collection, {}, sim.clock.now(), evaluationRules(sim));
      return done;
    case 'AddMembershipRule':
    case 'DeleteMembershipRule':
      return changeRule(sim, collection, path.action === 'AddMembershipRule', body) ?? done;
    default:
      return error(404, `No action '${path.action ?? ''}'.`);
  }
}

function changeRule(sim: Simulation, collection: Collection, add: boolean, body: string): Answer | undefined {
  const parsed = rule.safeParse(parseJson(body));
  if (!parsed.success) return error(400, 'The parameter collectionRule is missing or not a direct rule.');
  const resource = parsed.data.collectionRule.ResourceID;
  if (!sim.world.site.tableOf(resource)) return error(400, `No resource with ResourceID ${resource}.`);
  if (add) collection.direct.add(resource);
  else collection.direct.delete(resource);
  editMembers(collection, add ? { add: [resource] } : { remove: [resource] }, sim.clock.now(), evaluationRules(sim));
  return undefined;
}

/** `POST SMS_Collection`: makes an empty collection; undefined if the body is not one. */
export function createCollection(sim: Simulation, body: string): Collection | undefined {
  const parsed = creation.safeParse(parseJson(body));
  const limiting = parsed.success ? visibleCollection(sim, parsed.data.LimitToCollectionID) : undefined;
  if (!parsed.success || !limiting) return undefined;
  const collection = sim.world.site.addCollection(undefined, parsed.data.Name, parsed.data.CollectionType);
  collection.comment = parsed.data.Comment;
  collection.limitTo = { id: limiting.id, name: limiting.name };
  collection.lastChangeTime = sim.clock.now();
  return collection;
}

/** `DELETE SMS_Collection('id')`. */
export function deleteCollection(sim: Simulation, id: string): Answer {
  const collection = visibleCollection(sim, id);
  if (!collection) return error(404, `No SMS_Collection with key '${id}'.`);
  if (collection.builtIn) return error(403, 'A built-in collection cannot be deleted.');
  collection.deleted = true;
  return { status: 204, headers: {} };
}

/** How long an evaluation takes now, and whether it moves the collection's time. */
export function evaluationRules(sim: Simulation): { delayMs: number; keepTime: boolean } {
  const {
    'eval.delayMs': delay,
    'topology.cas': cas,
    'topology.lagMs': lag,
    'data.timeNotMoved': keepTime,
  } = sim.adminService;
  return { delayMs: delay + (cas ? lag : 0), keepTime };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
