import type { Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import type { GraphCall } from './graph-call.js';
import { graphJson, refuse } from './graph-error.js';
import { ODATA_TYPE } from './object-shape.js';
import { mustHave } from './permissions.js';

/** `GET /groups/{id}/memberOf`: groups and administrative units, on one page, by type and id as for who may read no more. */
export function memberOf(sim: Simulation, call: GraphCall, id: string): Answer {
  const { directory } = sim.world;
  const group = directory.group(id);
  if (!group) throw refuse.notFound(id);
  mustHave(sim, call.principal, 'listMemberOf');
  const groups = [...directory.groups.values()]
    .filter((parent) => directory.alive(parent.row) && parent.members.has(group.row))
    .map((parent) => ({ '@odata.type': ODATA_TYPE.group, id: directory.idOf(parent.row) }));
  const units = [...group.administrativeUnits].map((unit) => ({
    '@odata.type': '#microsoft.graph.administrativeUnit',
    id: unit,
  }));
  const context = `${call.root}/${call.version}/$metadata#directoryObjects`;
  return graphJson({ '@odata.context': context, value: [...groups, ...units] });
}
