import { z } from 'zod';
import type { Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import type { GraphCall } from './graph-call.js';
import { graphJson, refuse } from './graph-error.js';
import { ODATA_TYPE, selectOf, shapeOf } from './object-shape.js';

const request = z.object({ ids: z.array(z.string()), types: z.array(z.string()).optional() });
const MOST_IDS = 1000;

/** `POST /directoryObjects/getByIds`: up to 1,000 object ids; those that are not there are left out. */
export function getByIds(sim: Simulation, call: GraphCall, body: unknown): Answer {
  const { world } = sim;
  const parsed = request.safeParse(body);
  if (!parsed.success) throw refuse.badRequest("The parameter 'ids' is missing or invalid.", 'BadRequest');
  const { ids, types } = parsed.data;
  if (ids.length > MOST_IDS) throw refuse.badRequest(`Too many identifiers: ${ids.length}. Max allowed: ${MOST_IDS}.`);
  const wrong = ids.find((id) => !/^[0-9a-f-]{36}$/i.test(id));
  if (wrong !== undefined) throw refuse.badRequest(`Invalid GUID: '${wrong}'.`);
  const wanted = types?.map((type) => type.toLowerCase()).filter((type) => type !== 'directoryobject');
  const select = selectOf(call.query);
  const value: object[] = [];
  for (const id of new Set(ids.map((given) => given.toLowerCase()))) {
    const row = world.directory.find(id);
    if (row < 0) {
      if (sim.graph.getByIdsMissing === 'error') throw refuse.notFound(id);
      continue;
    }
    const kind = world.directory.kindOf(row);
    if (wanted?.length && !wanted.includes(kind.toLowerCase())) continue;
    value.push({ '@odata.type': ODATA_TYPE[kind], ...shapeOf(world, row, select) });
  }
  return {
    ...graphJson({ '@odata.context': `${call.root}/v1.0/$metadata#directoryObjects`, value }),
    note: { rows: value.length },
  };
}
