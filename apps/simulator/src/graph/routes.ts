import type { Answer } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import { isGuid } from '../world/guid.js';
import type { Kind } from '../world/directory.js';
import { getApplication } from './applications.js';
import { deltaOf } from './delta.js';
import { countObjects, listObjects } from './directory-query.js';
import { getByIds } from './get-by-ids.js';
import type { GraphCall } from './graph-call.js';
import { graphJson, GraphRefusal, refuse } from './graph-error.js';
import { addOwner, createGroup, getGroup, patchGroup } from './groups.js';
import { addMember, removeMember } from './member-writes.js';
import { memberOf } from './member-of.js';
import { listMembers } from './members-list.js';
import type { PageTokens } from './paging.js';
import { mustHave, type ALLOWS } from './permissions.js';
import { deleteObject, deleteWithoutRef, getByAlternateKey, getDirectoryObject, getObject } from './single-objects.js';

const SETS: Record<string, Kind> = {
  groups: 'group',
  devices: 'device',
  users: 'user',
  serviceprincipals: 'servicePrincipal',
  contacts: 'orgContact',
};
const LIST: Record<Kind, keyof typeof ALLOWS> = {
  group: 'listGroups',
  device: 'readDevices',
  user: 'readUsers',
  servicePrincipal: 'readApplications',
  orgContact: 'readObjects',
};

const TRACK: Record<Kind, keyof typeof ALLOWS> = {
  ...LIST,
  group: 'trackGroups',
  device: 'trackDevices',
  user: 'trackUsers',
};

const notAllowed = () =>
  refuse.badRequest('The request is currently not supported on the targeted entity set', 'BadRequest');
const unknownSegment = (segment: string) =>
  refuse.badRequest(`Resource not found for the segment '${segment}'.`, 'BadRequest');

/** Sends a request to what serves it; refuses paths and methods that Graph does not know. */
export async function route(sim: Simulation, tokens: PageTokens, call: GraphCall): Promise<Answer> {
  const segments = call.path.split('/').slice(1).map(decodeURIComponent);
  const [head = '', ...rest] = segments;
  const keyed = /^(\w+)\((\w+)='([^']*)'\)$/.exec(head);
  const kind = SETS[(keyed?.[1] ?? head).toLowerCase()];
  if (head.toLowerCase() === 'directoryobjects') return directoryObjects(sim, call, rest);
  if (head.toLowerCase() === 'organization') return organization(sim, call);
  if (head === '' && call.method === 'GET') return serviceDocument(call);
  const isApplication = keyed?.[1]?.toLowerCase() === 'applications';
  if (keyed && (kind || isApplication)) {
    if (call.method !== 'GET' || rest.length > 0) throw notAllowed();
    if (!kind) return getApplication(sim, call, keyed[2]!, keyed[3]!);
    return getByAlternateKey(sim, call, kind, keyed[2]!, keyed[3]!);
  }
  if (!kind) throw unknownSegment(head);
  if (rest.length === 0) return collectionOf(sim, tokens, call, kind);
  const [id = '', link, member, tail] = rest;
  if (id === '$count') return countObjects(sim, call, kind);
  if (id === 'delta' || id === 'delta()') return delta(sim, call, kind);
  if (kind === 'group') return groupPath(sim, tokens, call, id, link, member, tail);
  if (link !== undefined) throw unknownSegment(link);
  if (call.method === 'GET') return getObject(sim, call, kind, id);
  if (call.method === 'DELETE') return alarmed(deleteObject(sim, call, id, kind), `DELETE of ${kind} ${id}`);
  throw notAllowed();
}

function collectionOf(sim: Simulation, tokens: PageTokens, call: GraphCall, kind: Kind): Answer {
  if (call.method === 'GET') {
    mustHave(sim, call.principal, LIST[kind]);
    return listObjects(sim, tokens, call, kind);
  }
  if (call.method === 'POST' && kind === 'group') return createGroup(sim, call, record(call));
  throw notAllowed();
}

function delta(sim: Simulation, call: GraphCall, kind: Kind): Answer {
  if (call.method !== 'GET' || kind === 'servicePrincipal') throw notAllowed();
  mustHave(sim, call.principal, TRACK[kind]);
  return deltaOf(sim, call, kind);
}

async function groupPath(
  sim: Simulation,
  tokens: PageTokens,
  call: GraphCall,
  id: string,
  link?: string,
  member?: string,
  tail?: string,
): Promise<Answer> {
  const { method } = call;
  if (!isGuid(id)) throw refuse.badRequest(`Invalid object identifier '${id}'.`);
  if (link === undefined) return groupItself(sim, call, id);
  if (link === 'memberOf' && method === 'GET' && member === undefined) return memberOf(sim, call, id);
  if (link !== 'members' && link !== 'owners' && link !== 'transitiveMembers') throw unknownSegment(link);
  if (method === 'GET') {
    if (tail !== undefined || (member && isGuid(member))) throw unknownSegment(tail ?? member ?? '');
    return listMembers(sim, tokens, call, id, link, member);
  }
  if (link === 'transitiveMembers') throw notAllowed();
  if (method === 'PATCH') throw notAllowed();
  if (method === 'POST') {
    if (member !== '$ref')
      throw refuse.badRequest('Write requests are only supported on contained entities', 'BadRequest');
    return link === 'owners' ? addOwner(sim, call, id, record(call)) : addMember(sim, call, id, record(call));
  }
  if (method !== 'DELETE' || member === undefined || link === 'owners') throw notAllowed();
  if (tail === '$ref') return removeMember(sim, call, id, member);
  if (member === '$ref')
    throw refuse.badRequest('Write requests are only supported on contained entities', 'BadRequest');
  return deleteWithoutRef(sim, call, id, member);
}

async function groupItself(sim: Simulation, call: GraphCall, id: string): Promise<Answer> {
  if (call.method === 'GET') return getGroup(sim, call, id);
  if (call.method === 'PATCH') return patchGroup(sim, call, id, record(call));
  if (call.method === 'DELETE') return alarmed(deleteObject(sim, call, id, 'group'), `DELETE of group ${id}`);
  throw notAllowed();
}

function directoryObjects(sim: Simulation, call: GraphCall, rest: string[]): Answer {
  const [id = ''] = rest;
  if (id.toLowerCase() === 'getbyids' || id === 'microsoft.graph.getByIds') {
    if (call.method !== 'POST') throw notAllowed();
    mustHave(sim, call.principal, 'readObjects');
    return getByIds(sim, call, bodyOf(call));
  }
  if (call.method === 'GET') return getDirectoryObject(sim, call, id);
  if (call.method === 'DELETE') return alarmed(deleteObject(sim, call, id, undefined), `DELETE of object ${id}`);
  throw notAllowed();
}

/** https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html#sec_ServiceDocument */
function serviceDocument(call: GraphCall): Answer {
  const value = ['groups', 'devices', 'users', 'servicePrincipals', 'contacts', 'directoryObjects', 'organization'];
  return graphJson({
    '@odata.context': `${call.root}/${call.version}/$metadata`,
    value: value.map((name) => ({ name, kind: 'EntitySet', url: name })),
  });
}

function organization(sim: Simulation, call: GraphCall): Answer {
  if (call.method !== 'GET') throw notAllowed();
  const value = [
    {
      id: sim.world.tenantId,
      displayName: 'Contoso',
      verifiedDomains: [{ name: sim.world.tenantDomain, isDefault: true }],
    },
  ];
  return graphJson({ '@odata.context': `${call.root}/${call.version}/$metadata#organization`, value });
}

function alarmed(answer: Answer, alarm: string): Answer {
  return { ...answer, note: { ...answer.note, alarm } };
}

function bodyOf(call: GraphCall): unknown {
  if (!/^application\/json\b/i.test(call.headers['content-type'] ?? '')) {
    throw new GraphRefusal(
      415,
      'BadRequest',
      'The content type of the request is not supported; send application/json.',
    );
  }
  try {
    return JSON.parse(call.body);
  } catch {
    throw refuse.badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
      'BadRequest',
    );
  }
}

function record(call: GraphCall): Record<string, unknown> {
  const body = bodyOf(call);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw refuse.badRequest('Unable to read JSON request payload.', 'BadRequest');
  }
  return withoutType(body);
}

/** Official SDKs name the type of what they send, as OData allows. */
function withoutType(body: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== '@odata.type'));
}
