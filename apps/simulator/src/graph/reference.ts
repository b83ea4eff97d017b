import { isGuid } from '../world/guid.js';
import type { Simulation } from '../simulation.js';
import type { GraphCall } from './graph-call.js';
import { refuse } from './graph-error.js';

/** Graph roots by cloud. Source: learn.microsoft.com/graph/deployments; the last three: Connect-MgGraph of msgraph-sdk-powershell */
export const CLOUD_ROOTS = {
  global: 'https://graph.microsoft.com',
  usgov: 'https://graph.microsoft.us',
  dod: 'https://dod-graph.microsoft.us',
  china: 'https://microsoftgraph.chinacloudapi.cn',
  bleu: 'https://graph.svc.sovcloud.fr',
  delos: 'https://graph.svc.sovcloud.de',
  govsg: 'https://graph.svc.sovcloud.sg',
} as const;

const TARGETS = /^(?:directoryObjects|users|devices|groups|servicePrincipals?|orgContacts?)(?:\/([^/]+)|\(([^)]*)\))$/i;

/** Reads a reference such as `{root}/v1.0/directoryObjects/{id}`; answers the object id it names. */
export function referencedId(sim: Simulation, call: GraphCall, reference: unknown): string {
  if (typeof reference !== 'string')
    throw refuse.badRequest('Invalid URL format specified in @odata.bind.', 'BadRequest');
  const own = [call.root, CLOUD_ROOTS[sim.graph.cloud]].find((root) => startsWith(reference, `${root}/`));
  const root = own ?? (sim.graph.foreignRef === 'accept' ? /^https:\/\/[^/]+/.exec(reference)?.[0] : undefined);
  const path = root && /^\/(?:v1\.0|beta)\/(.+)$/.exec(reference.slice(root.length))?.[1];
  const target = path ? TARGETS.exec(path) : null;
  if (!target) throw refuse.badRequest(`Invalid URL format specified in payload: '${reference}'.`, 'BadRequest');
  if (target[2] !== undefined) return byAlternateKey(sim, target[2]);
  const id = target[1]!;
  if (!isGuid(id)) throw refuse.badRequest(`Invalid object identifier '${id}'.`);
  return id.toLowerCase();
}

function startsWith(text: string, prefix: string): boolean {
  return text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
}

function byAlternateKey(sim: Simulation, key: string): string {
  const deviceId = /^deviceId='([^']+)'$/i.exec(key)?.[1];
  if (sim.graph.altKeyBind === 'reject' || !deviceId) {
    throw refuse.badRequest('Invalid URL format specified in payload: alternate keys are not supported.', 'BadRequest');
  }
  const row = sim.world.directory.findDevice(deviceId);
  if (row < 0) throw refuse.notFound(deviceId);
  return sim.world.directory.idOf(row);
}
