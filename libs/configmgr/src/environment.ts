import { env, Part } from '@collection-sync/core';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AdminService } from './admin-service.js';
import type { AdminServiceOptions } from './options.js';
import { bearerSignIn } from './sign-in/bearer.js';
import { needKerberos, negotiateSignIn } from './sign-in/negotiate.js';
import { noSignIn, type SignIn } from './sign-in/sign-in.js';

/** How the site is reached. */
export const siteEnvironment = z
  .object({
    ADMINSERVICE_URL: env
      .url('http', 'https')
      .describe('the AdminService of the site, such as https://cm01.contoso.com/AdminService'),
    ADMINSERVICE_AUTH: z
      .enum(['negotiate', 'bearer', 'none'], 'must be negotiate, bearer or none')
      .default('negotiate')
      .describe('how to sign in: Kerberos, a token, or not at all (stand-ins only)'),
    ADMINSERVICE_CA: env
      .renewed(env.text())
      .optional()
      .describe(
        "PEM of the authority that signed the site's certificate; a site's own is SMS Issuing; from its file it is read again for each connection",
      ),
    ADMINSERVICE_TOKEN: env.secret().optional().describe('the token, with bearer'),
    ADMINSERVICE_TOKEN_PATH: env
      .text()
      .optional()
      .describe('file that holds the token, with bearer; read again every minute, since tokens expire'),
    ADMINSERVICE_SPN: env
      .text()
      .optional()
      .describe('service principal of the site, with negotiate; HTTP@<host of ADMINSERVICE_URL> by default'),
    ADMINSERVICE_TIMEOUT: env.seconds().prefault('60').describe('seconds for one request, at least 10'),
    ADMINSERVICE_CONCURRENCY: env
      .integer(1, 100)
      .prefault('16')
      .describe('requests under way at once; a site serves 200 per client address'),
  })
  .check((context) => {
    const { ADMINSERVICE_AUTH: kind, ADMINSERVICE_TOKEN: token, ADMINSERVICE_TOKEN_PATH: file } = context.value;
    // whoever can answer in the site's place decides who is in the groups
    const isPlain = env.url('http').safeParse(context.value.ADMINSERVICE_URL).success;
    if (kind !== 'none' && isPlain && !env.httpsUrl().safeParse(context.value.ADMINSERVICE_URL).success)
      context.issues.push({
        code: 'custom',
        input: undefined,
        path: ['ADMINSERVICE_URL'],
        message: 'must begin with https:// (http:// on this machine, or for a stand-in with ADMINSERVICE_AUTH=none)',
      });
    if (kind === 'bearer' && !token && !file)
      context.issues.push({
        code: 'custom',
        input: undefined,
        path: ['ADMINSERVICE_TOKEN'],
        message: 'is needed by ADMINSERVICE_AUTH=bearer, or ADMINSERVICE_TOKEN_PATH',
      });
  });

export type SiteEnvironment = z.output<typeof siteEnvironment>;

/** The site that an environment names. */
export const adminServiceOf = (
  environment: SiteEnvironment,
  more: Pick<AdminServiceOptions, 'pageRows'> = {},
): AdminService =>
  new AdminService({
    ...more,
    url: environment.ADMINSERVICE_URL,
    signIn: signInOf(environment),
    ...(environment.ADMINSERVICE_CA ? { ca: environment.ADMINSERVICE_CA } : {}),
    timeoutMs: environment.ADMINSERVICE_TIMEOUT,
    concurrency: environment.ADMINSERVICE_CONCURRENCY,
  });

const signInOf = (environment: SiteEnvironment): SignIn => {
  const { ADMINSERVICE_AUTH: kind, ADMINSERVICE_SPN: service } = environment;
  const { ADMINSERVICE_TOKEN: token = '', ADMINSERVICE_TOKEN_PATH: file } = environment;
  if (kind === 'none') return noSignIn;
  if (kind === 'negotiate') return negotiateSignIn(service ? { service } : {});
  return bearerSignIn(() => (file ? readFile(file, 'utf8') : token));
};

/** Refuses a machine that lacks what the way to sign in needs. */
export const prepareSignIn = async ({ ADMINSERVICE_AUTH: kind }: SiteEnvironment): Promise<void> => {
  if (kind === 'negotiate') await needKerberos();
};

export const adminService = Part.define({
  environment: siteEnvironment,
  make: async ({ environment }) => {
    await prepareSignIn(environment);
    return adminServiceOf(environment);
  },
  close: (site) => site.close(),
});
