import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { Problem } from '../http/problem.js';
import type { Actor } from './actor.js';
import { Authenticator, type SignIn } from './authenticator.js';

export interface OidcOptions {
  readonly issuer: string;
  /** what the tokens must be made out to */
  readonly audience: string;
  /** public client for console and command line */
  readonly clientId?: string;
  /** scope that clients ask for; `<audience>/.default` is what Entra ID wants */
  readonly scope?: string;
  /** claim that carries the roles, a dot leads into an object; `roles` by default */
  readonly rolesClaim?: string;
  /** values of that claim that stand for a role; the role's own name by default */
  readonly roleNames?: Partial<Record<Actor['role'], string>>;
  readonly clockSkewSeconds?: number;
}

/** Only signatures that a verifier cannot make itself. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const TIMEOUT_MS = 5_000;
const HIGHEST_FIRST = ['Admin', 'Operator', 'Reader'] as const;

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Bearer tokens of an OpenID provider. Its keys are fetched when first needed and again when a token names an unknown one. */
export class OidcAuthenticator extends Authenticator {
  readonly signIn: SignIn;
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly options: OidcOptions) {
    super();
    this.signIn = {
      mode: 'oidc',
      issuer: options.issuer,
      clientId: options.clientId ?? null,
      scope: options.scope ?? 'openid profile',
    };
  }

  async identify(token: string): Promise<Actor> {
    const claims = await this.verify(token);
    const role = this.roleOf(claims);
    const name = [
      claims['preferred_username'],
      claims['upn'],
      claims['email'],
      claims['name'],
      claims['azp'],
      claims.sub,
    ].find((value) => typeof value === 'string' && value !== '') as string | undefined;
    if (role === undefined) {
      throw new Problem(403, `${name ?? 'The caller'} has none of the roles of Collection Sync.`, {
        advice: `Assign Reader, Operator or Admin in the claim ${this.options.rolesClaim ?? 'roles'}.`,
      });
    }
    return { name: name ?? 'unknown', role };
  }

  private async verify(token: string): Promise<JWTPayload> {
    const keys = await this.providerKeys();
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: this.options.issuer,
        audience: this.options.audience,
        algorithms: ALGORITHMS,
        clockTolerance: this.options.clockSkewSeconds ?? 60,
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      throw refusal(error);
    }
  }

  private roleOf(claims: JWTPayload): Actor['role'] | undefined {
    const value = (this.options.rolesClaim ?? 'roles')
      .split('.')
      .reduce<unknown>(
        (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
        claims,
      );
    const held: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(' ') : [];
    return HIGHEST_FIRST.find((role) => held.includes(this.options.roleNames?.[role] ?? role));
  }

  private providerKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.discover().catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    return this.keys;
  }

  private async discover(): Promise<JWTVerifyGetKey> {
    const address = `${this.options.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
      if (!answer.ok) throw new Error(`it answered ${answer.status}`);
      const found = discovery.parse(await answer.json());
      if (found.issuer !== this.options.issuer) throw new Error(`it calls itself ${found.issuer}`);
      return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: TIMEOUT_MS, cooldownDuration: 5_000 });
    } catch (error) {
      throw unreachable(error);
    }
  }
}

const unreachable = (error: unknown): Problem =>
  new Problem(
    503,
    `The OpenID provider cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    { advice: 'Check OIDC_ISSUER and that this service reaches it.' },
    { 'retry-after': '5' },
  );

const refusal = (error: unknown): Problem => {
  if (error instanceof errors.JWTExpired)
    return new Problem(401, 'The token has expired.', { advice: 'Sign in again.' });
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new Problem(
      401,
      `The token is not made out to this service: ${error.claim} ${error.reason.replaceAll('_', ' ')}.`,
    );
  }
  const passing =
    error instanceof errors.JWKSTimeout || (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC');
  if (passing || !(error instanceof errors.JOSEError)) return unreachable(error);
  return new Problem(401, 'The token is not valid.');
};
