import type { Principal } from '../graph/graph-call.js';
import type { Authenticate } from '../graph/graph.js';
import type { AccessTokens } from '../oauth/access-tokens.js';
import type { Simulation } from '../simulation.js';
import { bearerOf, unauthorized } from './bearer.js';

/** Application ID URI of a site's server application. Source: learn.microsoft.com/intune/configmgr, azure-services-wizard */
const SITE_AUDIENCE = 'https://ConfigMgrService';

/**
 * Who asks Graph: a static token where one is allowed, otherwise the application of an access token of our own token service.
 * A token that looks like one of ours is always checked as one.
 */
export function graphAuthentication(
  sim: Simulation,
  tokens: AccessTokens,
  staticToken: boolean | string,
  ownRoots: () => string[],
): Authenticate {
  const { tenantId } = sim.world;
  const everyone: Principal = { appId: 'static-token', tenantId, roles: 'all' };
  return async (call) => {
    const token = bearerOf(call);
    if (token === staticToken) return everyone;
    if (tokens.isOurs(token)) return tokens.graphCaller(token, [call.root, ...ownRoots()]);
    // each one is an application, with a quota of its own
    if (staticToken === true) return { appId: token, tenantId, roles: 'all' };
    throw unauthorized('CompactToken parsing failed with error code: 80049217');
  };
}

/** Who asks the AdminService with a bearer token: the same static tokens, or a token for the site's own application. */
export function siteAuthentication(
  tokens: AccessTokens,
  staticToken: boolean | string,
): (token: string) => Promise<string | undefined> {
  return async (token) => {
    if (token === staticToken) return 'static-token';
    if (!tokens.isOurs(token)) return staticToken === true ? 'static-token' : undefined;
    return tokens.caller(token, [SITE_AUDIENCE]).then(
      (caller) => caller.appId,
      () => undefined,
    );
  };
}
