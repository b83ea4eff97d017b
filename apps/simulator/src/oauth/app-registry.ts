import { randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { z } from 'zod';

/** What the product needs at most, so that a token of the default application can do all of its work. */
const DEFAULT_ROLES = [
  'GroupMember.ReadWrite.All',
  'Device.ReadWrite.All',
  'User.Read.All',
  'Directory.Read.All',
  'RoleManagement.ReadWrite.Directory',
];

/** Two years, where nothing else is said: https://learn.microsoft.com/graph/api/resources/passwordcredential */
const STANDARD_LIFE_MS = 2 * 365 * 86_400_000;
const fromNow = (ms: number) => () => new Date(Date.now() + ms).toISOString();

const secret = z.strictObject({
  value: z.string().min(1),
  keyId: z.guid().default(() => randomUUID()),
  startsAt: z.iso.datetime().default(fromNow(0)),
  expiresAt: z.iso.datetime().default(fromNow(STANDARD_LIFE_MS)),
});

/** An application with its credentials and application permissions. */
export const appSpec = z.strictObject({
  clientId: z.guid(),
  displayName: z.string().default('Collection Sync'),
  /** Secrets by value; an expired one is refused with its own error. */
  secrets: z.array(secret).default([]),
  /** Certificates in PEM. */
  certificates: z.array(z.string()).default([]),
  /** Federated identity credentials: whose tokens stand for this application. `jwk` is the issuer's public key. */
  federated: z
    .array(
      z.strictObject({
        issuer: z.string(),
        subject: z.string(),
        audience: z.string().default('api://AzureADTokenExchange'),
        jwk: z.record(z.string(), z.unknown()),
      }),
    )
    .default([]),
  roles: z.array(z.string()).default(DEFAULT_ROLES),
  /** Object id of its registration. */
  applicationId: z.guid().default(() => randomUUID()),
  /** Object id of its service principal. */
  objectId: z.guid().default(() => randomUUID()),
});

export type App = z.output<typeof appSpec>;
export type AppInput = z.input<typeof appSpec>;

/** The applications that the tenant knows. */
export class AppRegistry {
  readonly #apps = new Map<string, App>();

  register(input: AppInput): App {
    const app = appSpec.parse(input);
    for (const pem of app.certificates) new X509Certificate(pem);
    this.#apps.set(app.clientId.toLowerCase(), app);
    return app;
  }

  find(clientId: string): App | undefined {
    return this.#apps.get(clientId.toLowerCase());
  }

  list(): App[] {
    return [...this.#apps.values()];
  }
}

/** The application that every simulator starts with: fixed id, a secret made up at start. */
export function defaultApp(): AppInput {
  return {
    clientId: 'c0113c75-0000-4000-8000-000000000001',
    secrets: [{ value: randomBytes(24).toString('base64url') }],
    objectId: 'c0113c75-0000-4000-8000-000000000002',
  };
}
