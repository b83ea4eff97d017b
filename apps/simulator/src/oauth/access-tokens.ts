import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import type { Principal } from '../graph/graph-call.js';
import { CLOUD_ROOTS } from '../graph/reference.js';
import type { Simulation } from '../simulation.js';
import { unauthorized } from '../auth/bearer.js';
import { GraphRefusal } from '../graph/graph-error.js';
import type { App } from './app-registry.js';
import type { SigningKeys } from './signing-keys.js';

/** Graph's own application id, which is accepted as an audience too. */
const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

export interface TokenRules {
  /** Lifetime in simulated seconds. Entra: 60 to 90 minutes. */
  lifetimeSeconds: number;
}

/** Issues and checks the access tokens of the tenant. Times are simulated ones. */
export class AccessTokens {
  rules: TokenRules = { lifetimeSeconds: 3599 };

  constructor(
    private readonly sim: Simulation,
    readonly keys: SigningKeys,
  ) {}

  async issue(app: App, audience: string): Promise<{ token: string; expiresIn: number }> {
    const key = await this.keys.current();
    const now = Math.floor(this.sim.clock.now() / 1000);
    const { tenantId } = this.sim.world;
    const claims = {
      tid: tenantId,
      appid: app.clientId,
      azp: app.clientId,
      oid: app.objectId,
      idtyp: 'app',
      roles: app.roles,
      ver: '1.0',
    };
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.kid })
      .setIssuer(issuerOf(tenantId))
      .setSubject(app.objectId)
      .setAudience(audience)
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + this.rules.lifetimeSeconds)
      .sign(key.privateKey);
    return {
      token,
      expiresIn: Math.max(1, Math.floor(this.sim.clock.toCaller(this.rules.lifetimeSeconds * 1000) / 1000)),
    };
  }

  /** The caller behind a Graph token, or a refusal as Graph words it. */
  async graphCaller(token: string, ownRoots: string[]): Promise<Principal> {
    const caller = await this.caller(token, [CLOUD_ROOTS[this.sim.graph.cloud], GRAPH_APP_ID, ...ownRoots]);
    this.#consented();
    return caller;
  }

  /** The caller behind a token that is meant for one of these audiences. */
  async caller(token: string, audiences: string[]): Promise<Principal> {
    const claims = await this.#claims(token);
    if (!audiences.includes(String(claims.aud).replace(/\/$/, ''))) {
      throw unauthorized('Access token validation failure. Invalid audience.');
    }
    const roles = new Set(Array.isArray(claims['roles']) ? (claims['roles'] as string[]) : []);
    return { appId: String(claims['appid']), tenantId: String(claims['tid']), roles, objectId: String(claims['oid']) };
  }

  /** Whether a token is one of ours at all; others may be a static one. */
  isOurs(token: string): boolean {
    return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
  }

  #consented(): void {
    const { consent } = this.sim.graph;
    if (consent === '401') throw unauthorized('The identity of the calling application could not be established.');
    if (consent === '403') {
      throw new GraphRefusal(403, 'Authorization_RequestDenied', 'Required roles claim values are not provided');
    }
  }

  async #claims(token: string): Promise<Record<string, unknown> & { aud?: unknown }> {
    try {
      const key = this.keys.publicKey(decodeProtectedHeader(token).kid);
      if (!key) throw unauthorized('Signing key is invalid.');
      const issuer = issuerOf(this.sim.world.tenantId);
      const { payload } = await jwtVerify(token, key, { issuer, currentDate: new Date(this.sim.clock.now()) });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw unauthorized('Lifetime validation failed, the token is expired.');
      if (error instanceof GraphRefusal) throw error;
      throw unauthorized('Access token validation failure.');
    }
  }
}

function issuerOf(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`;
}
