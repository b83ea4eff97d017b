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
  const root = [call.root, CLOUD_ROOTS[sim.graph.cloud]].find((one) => startsWith(reference, `${one}/`));
  const path = root && /^\/(?:v1\.0|beta)\/(.+)$/.exec(reference.slice(root.length))?.[1];
  const target = path ? TARGETS.exec(path) : null;
  if (!target) throw refuse.badRequest(`Invalid URL format specified in payload: '${reference}'.`, 'BadRequest');
  const id = target[1];
  if (id === undefined) {
    throw refuse.badRequest('Invalid URL format specified in payload: alternate keys are not supported.', 'BadRequest');
  }
  if (!isGuid(id)) throw refuse.badRequest(`Invalid object identifier '${id}'.`);
  return id.toLowerCase();
}

function startsWith(text: string, prefix: string): boolean {
  return text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();
}
