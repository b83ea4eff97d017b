import { createHash, X509Certificate } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify, type JWK } from 'jose';
import type { App } from './app-registry.js';
import { TokenRefusal } from './token-error.js';

export interface Presented {
  secret: string | undefined;
  assertion: string | undefined;
  assertionType: string | undefined;
}

/** Assertions are made by the client's clock, which is the wall clock: some minutes of difference are allowed. */
const SKEW_MS = 300_000;
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Checks the credential that a client presents: a secret, an assertion signed with its certificate, or a federated token. */
export async function checkCredential(app: App, presented: Presented, endpoints: string[], now: Date): Promise<void> {
  const { secret, assertion, assertionType } = presented;
  if (assertion !== undefined) {
    if (assertionType !== JWT_BEARER)
      throw new TokenRefusal(400, 'invalid_request', 900144, 'client_assertion_type is missing or invalid.');
    return checkAssertion(app, assertion, endpoints);
  }
  if (secret === undefined) {
    throw new TokenRefusal(
      401,
      'invalid_client',
      7000216,
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
    );
  }
  const known = app.secrets.find((candidate) => candidate.value === secret);
  if (!known) {
    throw new TokenRefusal(
      401,
      'invalid_client',
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.clientId}'.`,
    );
  }
  if (Date.parse(known.expiresAt) <= now.getTime()) {
    throw new TokenRefusal(
      401,
      'invalid_client',
      7000222,
      `The provided client secret keys for app '${app.clientId}' are expired.`,
    );
  }
}

async function checkAssertion(app: App, assertion: string, endpoints: string[]): Promise<void> {
  const claims = readable(() => decodeJwt(assertion));
  if (claims.exp !== undefined && claims.exp * 1000 <= Date.now() - SKEW_MS) {
    throw new TokenRefusal(401, 'invalid_client', 700024, 'Client assertion is not within its valid time range.');
  }
  return claims.iss === app.clientId ? checkCertificate(app, assertion, endpoints) : checkFederated(app, assertion);
}

async function checkCertificate(app: App, assertion: string, endpoints: string[]): Promise<void> {
  const header = readable(() => decodeProtectedHeader(assertion)) as Record<string, unknown>;
  const certificate = app.certificates
    .map((pem) => new X509Certificate(pem))
    .find((candidate) => hasThumbprint(candidate, header));
  const refused = (why: string) =>
    new TokenRefusal(
      401,
      'invalid_client',
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. ${why}`,
    );
  if (!certificate) throw refused('[Reason - The key was not found.]');
  if (Date.parse(certificate.validTo) <= Date.now()) throw refused('[Reason - The key used is expired.]');
  const expected = { issuer: app.clientId, subject: app.clientId, audience: endpoints, clockTolerance: SKEW_MS / 1000 };
  await jwtVerify(assertion, certificate.publicKey, expected).catch((error: Error) => {
    throw refused(error.message);
  });
}

function hasThumbprint(certificate: X509Certificate, header: Record<string, unknown>): boolean {
  const of = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest('base64url');
  return header['x5t'] === of('sha1') || header['x5t#S256'] === of('sha256');
}

async function checkFederated(app: App, assertion: string): Promise<void> {
  const { iss, sub } = readable(() => decodeJwt(assertion));
  const matching = app.federated.find((credential) => credential.issuer === iss && credential.subject === sub);
  if (!matching) {
    throw new TokenRefusal(
      401,
      'invalid_client',
      700213,
      `No matching federated identity record found for presented assertion subject '${String(sub)}'.`,
    );
  }
  const algorithm = decodeProtectedHeader(assertion).alg ?? 'RS256';
  const key = await importJWK(matching.jwk as JWK, algorithm);
  const expected = {
    issuer: matching.issuer,
    subject: matching.subject,
    audience: matching.audience,
    clockTolerance: SKEW_MS / 1000,
  };
  await jwtVerify(assertion, key, expected).catch((error: { code?: string; claim?: string }) => {
    if (error.claim === 'aud') {
      throw new TokenRefusal(
        401,
        'invalid_client',
        700212,
        `No matching federated identity record found for presented assertion audience.`,
      );
    }
    throw new TokenRefusal(
      401,
      'invalid_client',
      7000272,
      'The signature of the presented assertion could not be validated.',
    );
  });
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new TokenRefusal(400, 'invalid_request', 50027, 'JWT token is invalid or malformed.');
  }
}
