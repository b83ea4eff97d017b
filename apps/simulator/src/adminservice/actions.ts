import { z } from 'zod';
import type { Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
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

/** Bound actions of a collection: `RequestRefresh`, `AddMembershipRule`, `DeleteMembershipRule`. */
export function runAction(sim: Simulation, path: ClassPath, body: string): Answer {
  const collection = visibleCollection(sim, String(path.keys?.[0] ?? ''));
  if (path.name !== 'SMS_Collection' || !path.action || !path.keys)
    return error(405, 'MethodNotAllowed', 'Not supported.');
  if (!collection) return error(404, 'NotFound', `No SMS_Collection with key '${String(path.keys[0])}'.`);
  const done = json({ '@odata.context': '$metadata#__PARAMETERS', ReturnValue: 0 }, 201);
  if (path.action === 'RequestRefresh') {
    editMembers(collection, {}, sim.clock.now(), evaluationRules(sim));
    return done;
  }
  if (path.action !== 'AddMembershipRule' && path.action !== 'DeleteMembershipRule') {
    return error(404, 'NotFound', `No action '${path.action}'.`);
  }
  const parsed = rule.safeParse(parseJson(body));
  if (!parsed.success) return error(400, 'BadRequest', 'The parameter collectionRule is missing or not a direct rule.');
  const resource = parsed.data.collectionRule.ResourceID;
  if (!sim.world.site.tableOf(resource)) return error(400, 'BadRequest', `No resource with ResourceID ${resource}.`);
  const add = path.action === 'AddMembershipRule';
  if (add) collection.direct.add(resource);
  else collection.direct.delete(resource);
  editMembers(collection, add ? { add: [resource] } : { remove: [resource] }, sim.clock.now(), evaluationRules(sim));
  return done;
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
