import type { Answer } from '../http/answer.js';
import type { App } from '../oauth/app-registry.js';
import type { Simulation } from '../simulation.js';
import type { GraphCall } from './graph-call.js';
import { graphJson, refuse } from './graph-error.js';
import { selectOf } from './object-shape.js';
import { mustHave } from './permissions.js';

/** `GET /applications(appId='…')`. */
export function getApplication(sim: Simulation, call: GraphCall, key: string, value: string): Answer {
  mustHave(sim, call.principal, 'readApplications');
  if (key.toLowerCase() !== 'appid')
    throw refuse.badRequest(`The key '${key}' is not an alternate key of this resource.`, 'BadRequest');
  const app = sim.apps.find(value);
  if (!app) throw refuse.notFound(value);
  const whole = { id: app.applicationId, appId: app.clientId, displayName: app.displayName, ...credentialsOf(app) };
  const select = selectOf(call.query) ?? Object.keys(whole);
  const unknown = select.find((property) => !(property in whole));
  if (unknown)
    throw refuse.badRequest(
      `Could not find a property named '${unknown}' on type 'microsoft.graph.application'.`,
      'BadRequest',
    );
  const context = `${call.root}/${call.version}/$metadata#applications(${select.join(',')})/$entity`;
  const shown = Object.fromEntries(Object.entries(whole).filter(([name]) => select.includes(name)));
  return graphJson({ '@odata.context': context, ...shown });
}

/** The text is told when it is made, and never again; the hint is its first three characters. */
const credentialsOf = (app: App) => ({
  passwordCredentials: app.secrets.map(({ value, keyId, startsAt, expiresAt }) => ({
    customKeyIdentifier: null,
    displayName: null,
    endDateTime: expiresAt,
    hint: value.slice(0, 3),
    keyId,
    secretText: null,
    startDateTime: startsAt,
  })),
});
