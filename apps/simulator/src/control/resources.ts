import type { FastifyInstance } from 'fastify';
import type { Simulation } from '../simulation.js';
import {
  deviceObject,
  joinDevice,
  joinUser,
  removeResource,
  reRegisterDevice,
  resourceAdded,
  systemOf,
  userOf,
} from '../world/joining.js';
import { addDevice, addUser } from '../world/populate.js';
import { newDevice, newUser } from '../world/world-spec.js';
import { ControlError, notFound } from './control-error.js';
import { joinRequest, manyDevices, objectChange, renameRequest } from './schemas.js';

type NameParams = { Params: { name: string } };

export function resourceRoutes(app: FastifyInstance, sim: Simulation): void {
  const objectOfDevice = (name: string): number => {
    const row = deviceObject(sim.world, systemOf(sim.world, name));
    if (row < 0) throw notFound(`The directory object of device '${name}'`);
    return row;
  };
  app.post('/devices', (request, reply) => {
    const resource = addDevice(sim.world, newDevice.parse(request.body));
    resourceAdded(sim.world, resource);
    return reply.code(201).send(shownDevice(sim, resource));
  });
  app.post('/devices/many', (request, reply) => {
    const { prefix, count } = manyDevices.parse(request.body);
    const resources = Array.from({ length: count }, (_, at) => {
      const resource = addDevice(sim.world, newDevice.parse({ name: `${prefix}${at}`, joined: 'both' }));
      resourceAdded(sim.world, resource);
      return resource;
    });
    return reply.code(201).send({ resources });
  });
  app.get<NameParams>('/devices/:name', (request) => shownDevice(sim, systemOf(sim.world, request.params.name)));
  app.post<NameParams>('/devices/:name/join', (request) => {
    const resource = systemOf(sim.world, request.params.name);
    joinDevice(sim.world, resource, joinRequest.parse(request.body));
    return shownDevice(sim, resource);
  });
  app.post<NameParams>('/devices/:name/re-register', (request) => {
    const resource = systemOf(sim.world, request.params.name);
    reRegisterDevice(sim.world, resource, joinRequest.parse(request.body));
    return shownDevice(sim, resource);
  });
  app.post<NameParams>('/devices/:name/rename', (request) => {
    const { systems } = sim.world.site;
    const resource = systemOf(sim.world, request.params.name);
    systems.names.set(resource - systems.base, renameRequest.parse(request.body).name);
    return shownDevice(sim, resource);
  });
  app.post<NameParams>('/devices/:name/leave', (request) => {
    const resource = systemOf(sim.world, request.params.name);
    sim.world.directory.delete(deviceObject(sim.world, resource));
    sim.world.site.systems.identify(resource - sim.world.site.systems.base, undefined, 0);
    return shownDevice(sim, resource);
  });
  app.post<NameParams>('/devices/:name/disable', (request) => {
    sim.world.directory.setEnabled(objectOfDevice(request.params.name), false);
    return shownDevice(sim, systemOf(sim.world, request.params.name));
  });
  app.post<NameParams>('/devices/:name/enable', (request) => {
    sim.world.directory.setEnabled(objectOfDevice(request.params.name), true);
    return shownDevice(sim, systemOf(sim.world, request.params.name));
  });
  app.post<NameParams>('/devices/:name/delete', (request) => {
    sim.world.directory.delete(objectOfDevice(request.params.name));
    return shownDevice(sim, systemOf(sim.world, request.params.name));
  });
  app.delete<NameParams>('/devices/:name', (request) => {
    const resource = systemOf(sim.world, request.params.name);
    removeResource(sim.world, resource);
    return { removed: resource };
  });
  app.post('/users', (request, reply) => {
    const resource = addUser(sim.world, newUser.parse(request.body));
    resourceAdded(sim.world, resource);
    return reply.code(201).send(shownUser(sim, resource));
  });
  app.get<NameParams>('/users/:name', (request) => shownUser(sim, userOf(sim.world, request.params.name)));
  app.post<NameParams>('/users/:name/join', (request) => {
    const resource = userOf(sim.world, request.params.name);
    const { objectId, where } = joinRequest.parse(request.body);
    joinUser(sim.world, resource, objectId, where !== 'directory');
    return shownUser(sim, resource);
  });
  app.post<NameParams>('/users/:name/delete', (request) => {
    const row = userObject(sim, userOf(sim.world, request.params.name));
    if (row < 0) throw new ControlError(409, 'This user has no directory object.');
    sim.world.directory.delete(row);
    return shownUser(sim, userOf(sim.world, request.params.name));
  });
  app.delete<NameParams>('/users/:name', (request) => {
    const resource = userOf(sim.world, request.params.name);
    removeResource(sim.world, resource);
    return { removed: resource };
  });
  app.post<{ Params: { id: string } }>('/directory/:id/restore', (request) => {
    const { directory } = sim.world;
    const { id } = request.params;
    if (!directory.restore(directory.ids.find(id))) throw notFound(`Deleted directory object '${id}'`);
    return { restored: id };
  });
  app.patch<{ Params: { id: string } }>('/directory/:id', (request) => {
    const { directory } = sim.world;
    const row = directory.find(request.params.id);
    if (row < 0) throw notFound(`Directory object '${request.params.id}'`);
    const { displayName, enabled, deviceId, upn, sid } = objectChange.parse(request.body);
    if (displayName !== undefined) directory.rename(row, displayName);
    if (enabled !== undefined) directory.setEnabled(row, enabled);
    if (deviceId !== undefined) directory.setDeviceId(row, deviceId);
    if (upn !== undefined) directory.setUpn(row, upn);
    if (sid !== undefined) directory.setSid(row, sid);
    return { id: directory.idOf(row) };
  });
}

function shownDevice(sim: Simulation, resource: number): object {
  const { systems } = sim.world.site;
  const row = resource - systems.base;
  const object = deviceObject(sim.world, resource);
  return {
    resourceId: resource,
    name: systems.names.get(row) ?? null,
    deviceId: systems.aadIds.get(row) ?? null,
    objectId: object < 0 ? null : sim.world.directory.idOf(object),
    enabled: object < 0 ? null : sim.world.directory.enabled(object),
  };
}

function userObject(sim: Simulation, resource: number): number {
  const { users } = sim.world.site;
  const row = resource - users.base;
  const id = users.aadIds.get(row);
  if (id !== undefined) return sim.world.directory.find(id);
  return sim.world.directory.sids.find(users.sids.get(row) ?? '') ?? -1;
}

function shownUser(sim: Simulation, resource: number): object {
  const { users } = sim.world.site;
  const row = resource - users.base;
  const object = userObject(sim, resource);
  return {
    resourceId: resource,
    name: users.names.get(row) ?? null,
    upn: users.upns.get(row) ?? null,
    sid: users.sids.get(row) ?? null,
    aadUserId: users.aadIds.get(row) ?? null,
    objectId: object < 0 ? null : sim.world.directory.idOf(object),
  };
}
