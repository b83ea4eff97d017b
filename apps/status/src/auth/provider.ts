import { errors, createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { Problem } from '../http/problem.js';

const TIMEOUT_MS = 5_000;
const COOLDOWN_MS = 5_000;

const discovery = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  authorization_endpoint: z.url().optional(),
  token_endpoint: z.url().optional(),
  userinfo_endpoint: z.url().optional(),
  end_session_endpoint: z.url().optional(),
});

/** An OpenID provider: its keys, fetched when first needed and again when a token names an unknown one, and the hosts that it names. */
export class Provider {
  readonly #issuer: string;
  readonly #origins: Set<string>;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(issuer: string) {
    this.#issuer = issuer;
    this.#origins = new Set([new URL(issuer).origin]);
  }

  get origins(): readonly string[] {
    return [...this.#origins];
  }

  /** @throws Problem 503 when the provider cannot be read and was never read before */
  keys(): Promise<JWTVerifyGetKey> {
    this.#keys ??= this.#discover().catch((error: unknown) => {
      this.#keys = undefined;
      throw error;
    });
    return this.#keys;
  }

  async #discover(): Promise<JWTVerifyGetKey> {
    const address = `${this.#issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
      if (!answer.ok) throw new Error(`it answered ${answer.status}`);
      const found = discovery.parse(await answer.json());
      if (found.issuer !== this.#issuer) throw new Error(`it calls itself ${found.issuer}`);
      const { issuer: _, jwks_uri: keys, ...endpoints } = found;
      for (const endpoint of Object.values(endpoints)) if (endpoint) this.#origins.add(new URL(endpoint).origin);
      return lastingKeys(new URL(keys));
    } catch (error) {
      throw unreachable(error);
    }
  }
}

/** Keys that are known stay valid while the provider cannot be read. */
const lastingKeys = (address: URL): JWTVerifyGetKey => {
  const remote = createRemoteJWKSet(address, { timeoutDuration: TIMEOUT_MS, cooldownDuration: COOLDOWN_MS });
  let known: JSONWebKeySet | undefined;
  return async (header, token) => {
    try {
      const key = await remote(header, token);
      known = remote.jwks() ?? known;
      return key;
    } catch (error) {
      if (!isAway(error) || !known) throw error;
      return createLocalJWKSet(known)(header, token);
    }
  };
};

/** Not the token's fault: the provider did not answer, or not as one. */
export const isAway = (error: unknown): boolean =>
  error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError) || error.code === errors.JOSEError.code;

export const unreachable = (error: unknown): Problem =>
  new Problem(
    503,
    `The OpenID provider cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    { advice: 'Check OIDC_ISSUER and that this service reaches it.' },
    { 'retry-after': '5' },
  );
