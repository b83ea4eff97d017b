import type { Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import type { Kind } from '../world/directory.js';
import { isGuid } from '../world/guid.js';
import type { GraphCall } from './graph-call.js';
import { graphJson, GraphRefusal, noContent, refuse } from './graph-error.js';
import { hasProperty, ODATA_TYPE, selectOf, shapeOf } from './object-shape.js';
import { mustHave, type ALLOWS } from './permissions.js';

const READ: Partial<Record<Kind, keyof typeof ALLOWS>> = {
  device: 'readDevices',
  user: 'readUsers',
  servicePrincipal: 'readApplications',
};

/** `GET /devices/{id}`, `/users/{id or UPN}`, `/servicePrincipals/{id}`. */
export function getObject(sim: Simulation, call: GraphCall, kind: Kind, id: string): Answer {
  const { directory } = sim.world;
  const row = kind === 'user' && !isGuid(id) ? directory.findUser(decodeURIComponent(id)) : directory.find(id);
  return shown(sim, call, kind, row, decodeURIComponent(id));
}

/** `GET /devices(deviceId='…')` and `/servicePrincipals(appId='…')`. */
export function getByAlternateKey(sim: Simulation, call: GraphCall, kind: Kind, key: string, value: string): Answer {
  const { directory } = sim.world;
  if (kind === 'device' && key.toLowerCase() === 'deviceid')
    return shown(sim, call, kind, directory.findDevice(value), value);
  if (kind === 'servicePrincipal' && key.toLowerCase() === 'appid') {
    const row = [...directory.appIds].find(([, appId]) => appId.toLowerCase() === value.toLowerCase())?.[0] ?? -1;
    return shown(sim, call, kind, directory.alive(row) ? row : -1, value);
  }
  throw refuse.badRequest(`The key '${key}' is not an alternate key of this resource.`, 'BadRequest');
}

function shown(sim: Simulation, call: GraphCall, kind: Kind, row: number, asked: string): Answer {
  mustHave(sim, call.principal, READ[kind] ?? 'readObjects');
  const { directory } = sim.world;
  if (row < 0 || directory.kindOf(row) !== kind || tooFresh(sim, row)) throw refuse.notFound(asked);
  const select = selectOf(call.query);
  const unknown = select?.find((property) => !hasProperty(kind, property));
  if (unknown)
    throw refuse.badRequest(
      `Could not find a property named '${unknown}' on type 'microsoft.graph.${kind}'.`,
      'BadRequest',
    );
  const context = `${call.root}/${call.version}/$metadata#${kind}s${select ? `(${select.join(',')})` : ''}/$entity`;
  return graphJson({ '@odata.context': context, ...shapeOf(sim.world, row, select) });
}

/** `GET /directoryObjects/{id}`. */
export function getDirectoryObject(sim: Simulation, call: GraphCall, id: string): Answer {
  mustHave(sim, call.principal, 'readObjects');
  const row = sim.world.directory.find(id);
  if (row < 0 || tooFresh(sim, row)) throw refuse.notFound(id);
  const type = ODATA_TYPE[sim.world.directory.kindOf(row)];
  const context = `${call.root}/${call.version}/$metadata#directoryObjects/$entity`;
  return graphJson({
    '@odata.context': context,
    '@odata.type': type,
    ...shapeOf(sim.world, row, selectOf(call.query)),
  });
}

function tooFresh(sim: Simulation, row: number): boolean {
  const age = sim.clock.now() - (sim.world.directory.createdAt.get(row) ?? 0);
  return age < sim.graph.objectLagMs;
}

/** `DELETE /devices/{id}`, `/users/{id}`, `/groups/{id}`, `/directoryObjects/{id}`: the object itself goes. */
export function deleteObject(sim: Simulation, call: GraphCall, id: string, kind: Kind | undefined): Answer {
  const { directory } = sim.world;
  const row = directory.find(id);
  if (row < 0 || (kind && directory.kindOf(row) !== kind)) throw refuse.notFound(id);
  const permission = { device: 'writeDevices', user: 'writeUsers', group: 'writeGroup' } as const;
  const of = directory.kindOf(row);
  mustHave(
    sim,
    call.principal,
    of === 'device' || of === 'user' || of === 'group' ? permission[of] : 'readApplications',
  );
  directory.delete(row);
  return noContent();
}

/**
 * `DELETE /groups/{id}/members/{member}` without `/$ref`: Graph deletes the member object itself, or answers 403.
 * It is recorded as an alarm either way; with `refGuard=trap` nothing is deleted.
 */
export function deleteWithoutRef(sim: Simulation, call: GraphCall, groupId: string, memberId: string): Answer {
  const alarm = `DELETE without /$ref would delete directory object ${memberId}`;
  const note = { alarm, group: groupId, named: [memberId] };
  try {
    if (sim.graph.refGuard === 'trap') throw refuse.denied();
    return { ...deleteObject(sim, call, memberId, undefined), note };
  } catch (refusal) {
    if (refusal instanceof GraphRefusal) refusal.note = note;
    throw refusal;
  }
}
