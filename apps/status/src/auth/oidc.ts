import { errors, jwtVerify, type JWTPayload } from 'jose';
import { Problem } from '../http/problem.js';
import { isAccessToken } from './access-token.js';
import type { Identity } from './actor.js';
import { Authenticator, type SignIn } from './authenticator.js';
import { highestOf, type ClaimedGrants, type Grant } from './grants.js';
import { isAway, Provider, unreachable } from './provider.js';
import { SignInRefused } from './sign-in-refused.js';

export interface OidcOptions {
  readonly issuer: string;
  /** what the tokens must be made out to */
  readonly audience: string;
  /** public client for console and command line */
  readonly clientId?: string;
  /** scope that clients ask for; by default `<audience>/.default`, without which Entra ID issues no token for the API */
  readonly scope?: string;
  /** claim that carries the roles, a dot leads into an object; `roles` by default */
  readonly rolesClaim?: string;
  /** further values of that claim, each with a role for a part */
  readonly grants?: ClaimedGrants;
  /** values of that claim that stand for a role; the role's own name by default */
  readonly roleNames?: Partial<Record<Identity['role'], string>>;
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
const NAMED = ['Admin', 'Operator', 'Reader'] as const;

/** Bearer tokens of an OpenID provider. */
export class OidcAuthenticator extends Authenticator {
  readonly signIn: SignIn;
  private readonly provider: Provider;

  constructor(private readonly options: OidcOptions) {
    super();
    this.provider = new Provider(options.issuer);
    this.signIn = {
      mode: 'oidc',
      issuer: options.issuer,
      clientId: options.clientId ?? null,
      scope: options.scope ?? `openid profile offline_access ${options.audience}/.default`,
    };
  }

  override origins(): readonly string[] {
    return this.provider.origins;
  }

  override async prepare(): Promise<void> {
    await this.provider.keys().catch(() => undefined);
  }

  async identify(token: string): Promise<Identity> {
    const claims = await this.verify(token);
    const grants = this.grantsOf(claims);
    const name = [
      claims['preferred_username'],
      claims['upn'],
      claims['email'],
      claims['name'],
      claims['azp'],
      claims.sub,
    ].find((value) => typeof value === 'string' && value !== '') as string | undefined;
    const role = highestOf(grants);
    if (!role) {
      throw new Problem(403, `${name ?? 'The caller'} has none of the roles of Collection Sync.`, {
        advice: `Assign Reader, Operator or Admin in the claim ${this.options.rolesClaim ?? 'roles'}.`,
      });
    }
    const objectId = claims['oid'];
    return {
      name: name ?? 'unknown',
      role,
      grants,
      issuer: this.options.issuer,
      subject: claims.sub ?? '',
      objectId: typeof objectId === 'string' ? objectId : null,
      expiresAt: (claims.exp ?? 0) * 1_000,
    };
  }

  private async verify(token: string): Promise<JWTPayload> {
    const keys = await this.provider.keys();
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer: this.options.issuer,
        audience: this.options.audience,
        algorithms: ALGORITHMS,
        clockTolerance: this.options.clockSkewSeconds ?? 60,
        requiredClaims: ['exp', 'sub'],
      });
      if (!isAccessToken(protectedHeader, payload))
        throw new SignInRefused('The token is no access token.', {
          advice: 'Send the access token that the provider issued for this API, not an ID token.',
          counts: true,
        });
      return payload;
    } catch (error) {
      throw refusal(error);
    }
  }

  private grantsOf(claims: JWTPayload): Grant[] {
    const value = (this.options.rolesClaim ?? 'roles')
      .split('.')
      .reduce<unknown>(
        (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
        claims,
      );
    const held: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(' ') : [];
    const everywhere = NAMED.filter((role) => held.includes(this.options.roleNames?.[role] ?? role));
    return [
      ...everywhere.map((role) => ({ role })),
      ...(this.options.grants ?? [])
        .filter(({ claim }) => held.includes(claim))
        .map(({ role, tenants, collections }) => ({ role, tenants, collections })),
    ];
  }
}

const refusal = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof errors.JWTExpired)
    return new SignInRefused('The token has expired.', { advice: 'Sign in again.' });
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new SignInRefused(
      `The token is not made out to this service: ${error.claim} ${error.reason.replaceAll('_', ' ')}.`,
      { advice: 'Compare OIDC_ISSUER, OIDC_AUDIENCE and OIDC_SCOPE with the registration.', counts: true },
    );
  }
  if (isAway(error)) return unreachable(error);
  return new SignInRefused('The token is not valid.', { counts: true });
};
