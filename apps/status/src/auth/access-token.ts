import type { JWTHeaderParameters, JWTPayload } from 'jose';

/** `typ` of an access token; RFC 9068 has `at+jwt`, Entra ID writes `JWT`. */
const ACCESS_TYPES = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt']);
/** Claims of ID tokens (OpenID Connect Core, sections 2 and 3.3.2.11) and of logout tokens (Back-Channel Logout, section 2.4). */
const FOREIGN_CLAIMS = ['nonce', 'at_hash', 'c_hash', 's_hash', 'events'];
/** One of these tells for whom or for what an access token was issued: RFC 9068, Entra ID v1 and v2, Okta. */
const ACCESS_CLAIMS = ['scope', 'scp', 'client_id', 'azp', 'appid', 'cid'];
/** Some providers name the kind in a claim: Keycloak in `typ`, Cognito in `token_use`. */
const NAMED_KINDS: Readonly<Record<string, string>> = { typ: 'bearer', token_use: 'access' };

/**
 * Whether a token of the right issuer and audience is meant for an API. An application that is its own audience gets ID tokens with the
 * same `aud`, and signs its client assertions itself.
 */
export const isAccessToken = (header: Partial<JWTHeaderParameters>, claims: JWTPayload): boolean => {
  const type = typeof header['typ'] === 'string' ? header['typ'].toLowerCase() : undefined;
  const otherKind = Object.entries(NAMED_KINDS).some(
    ([claim, kind]) => typeof claims[claim] === 'string' && claims[claim].toLowerCase() !== kind,
  );
  return (
    ACCESS_TYPES.has(type) &&
    !otherKind &&
    claims.iss !== claims.sub &&
    FOREIGN_CLAIMS.every((claim) => claims[claim] === undefined) &&
    ACCESS_CLAIMS.some((claim) => typeof claims[claim] === 'string')
  );
};
