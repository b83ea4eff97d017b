import { guid } from '@collection-sync/core';
import { z } from 'zod';
import { CLOUDS } from './clouds.js';

/** How the application proves itself in one tenant. Exactly one, named; there is no chain of guesses. */
const credentialConfig = z.discriminatedUnion('kind', [
  /** a projected service account token, as on AKS; any issuer that the app registration trusts */
  z.object({ kind: z.literal('workload-identity'), clientId: guid, tokenFile: z.string().min(1) }),
  /** a PEM file with certificate and private key */
  z.object({
    kind: z.literal('certificate'),
    clientId: guid,
    certificateFile: z.string().min(1),
    password: z.string().optional(),
    sendChain: z.boolean().default(false),
  }),
  /** its text, or a file that is read again at each sign-in, so that a new secret needs no restart */
  z
    .object({
      kind: z.literal('secret'),
      clientId: guid,
      secret: z.string().min(1).optional(),
      secretFile: z.string().min(1).optional(),
    })
    .refine(({ secret, secretFile }) => (secret === undefined) !== (secretFile === undefined), {
      path: ['secret'],
      message: 'needs either secret or secretFile',
    }),
  /** of an Azure host; without client id the system-assigned one */
  z.object({ kind: z.literal('managed-identity'), clientId: guid.optional() }),
  /** for stand-ins of Graph only: needs `baseUrl` */
  z.object({ kind: z.literal('static-token'), token: z.string().min(1) }),
]);
export type CredentialConfig = z.output<typeof credentialConfig>;

const positive = z.number().positive();

const budgetLimits = z.object({
  writes: positive.optional(),
  writeWindowMs: positive.optional(),
  units: positive.optional(),
  unitWindowMs: positive.optional(),
  reserve: z.number().min(0).max(0.9).optional(),
});

/** The part of a stand-in's or sovereign cloud's address before `/v1.0`, without a slash at the end. */
const baseUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .transform((url) => url.replace(/\/+$/, '').replace(/\/v1\.0$/, ''));

/** Three use up what Microsoft Graph grants a tenant: https://learn.microsoft.com/graph/throttling-limits */
const MAX_WRITERS = 3;

/** Which application it is: by its client id, or where it has none by its place in the list. */
export const applicationName = (credential: CredentialConfig, at: number): string =>
  ('clientId' in credential && credential.clientId) || `application-${at + 1}`;

const namesTwice = (writers: readonly CredentialConfig[]): boolean =>
  new Set(writers.map(applicationName)).size < writers.length;

export const tenantConfig = z
  .object({
    tenant: guid,
    cloud: z.enum(CLOUDS).default('global'),
    /** replaces the Graph root of the cloud */
    baseUrl: baseUrl.optional(),
    /** replaces the sign-in authority of the cloud */
    authorityHost: z.url({ protocol: /^https$/, error: 'must be an https URL' }).optional(),
    /** for clouds where login.microsoft.com cannot be reached */
    disableInstanceDiscovery: z.boolean().default(false),
    credential: credentialConfig,
    /** applications of the writer, each with a quota of its own; the one of `credential` by default */
    writers: z
      .array(credentialConfig)
      .min(1)
      .max(MAX_WRITERS)
      .refine((writers) => !namesTwice(writers), 'names an application twice: its quota is one')
      .optional(),
    /** of each application */
    budget: budgetLimits.optional(),
    /** of all applications of the tenant together, ours and others */
    tenantBudget: budgetLimits.pick({ writes: true, writeWindowMs: true, reserve: true }).optional(),
  })
  .superRefine((config, context) => {
    const credentials = [config.credential, ...(config.writers ?? [])];
    const isStandIn = ({ kind }: CredentialConfig): boolean => kind === 'static-token';
    if (credentials.some(isStandIn) && config.baseUrl === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['baseUrl'],
        message: 'a static token needs the address of a stand-in',
      });
    }
    if (!credentials.every(isStandIn) && config.baseUrl?.startsWith('http://')) {
      context.addIssue({
        code: 'custom',
        path: ['baseUrl'],
        message: 'must be https unless the token is a static one',
      });
    }
  });

/** One tenant: its cloud, the application's credential there, and the quota that the application may use. */
export type TenantConfig = z.input<typeof tenantConfig>;
export type CheckedTenantConfig = z.output<typeof tenantConfig>;
