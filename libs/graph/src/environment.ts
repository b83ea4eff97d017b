import { Part, readJson, type Budget, type Outside } from '@collection-sync/core';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { GraphTenants } from './graph-tenants.js';
import { reach } from './reach.js';
import { MeteredGraph } from './metered-graph.js';
import { tenantConfig, type TenantConfig } from './tenant-config.js';
import { ofVariables, tenantVariables, type Report } from './tenant-variables.js';

/**
 * The tenants of a service, from the environment: `TENANTS_FILE` names a JSON file with a list of tenants, or
 * `AZURE_TENANT_ID` and one credential name a single one. Combine it with an app's own schema by `.and()`, so that the
 * problems of both are reported at once: by variable, never by value.
 */
export const tenantEnvironment = tenantVariables.transform((environment, context): { tenants: TenantConfig[] } => {
  const report: Report = (variable, message) => context.addIssue({ code: 'custom', path: [variable], message });
  return {
    tenants: environment.TENANTS_FILE ? ofFile(environment.TENANTS_FILE, report) : ofVariables(environment, report),
  };
});

const ofFile = (path: string, report: Report): TenantConfig[] => {
  const body = read(path, 'TENANTS_FILE', report);
  if (body === undefined) return [];
  const problem = (message: string): void => report('TENANTS_FILE', message);
  const list = z.preprocess((json) => withSecretFiles(json, problem), z.array(tenantConfig).min(1));
  const tenants = readJson(body, list, problem, 'must name a file with JSON');
  if (!tenants) return [];
  if (new Set(tenants.map(({ tenant }) => tenant)).size < tenants.length) problem('names a tenant twice');
  return tenants;
};

/** `passwordFile`, and `tokenFile` of a static token, name files to read in the place of a value. */
const withSecretFiles = (list: unknown, report: (message: string) => void): unknown => {
  if (!Array.isArray(list)) return list;
  return list.map((entry: unknown, index) => {
    if (!isRecord(entry)) return entry;
    const { credential, writers } = entry;
    const filled = (given: unknown, place: string): unknown =>
      withSecrets(given, (name) => report(`${index}.${place}.${name}`));
    return {
      ...entry,
      credential: filled(credential, 'credential'),
      ...(Array.isArray(writers) ? { writers: writers.map((each, at) => filled(each, `writers.${at}`)) } : {}),
    };
  });
};

const withSecrets = (given: unknown, report: (problem: string) => void): unknown => {
  if (!isRecord(given)) return given;
  const credential: Record<string, unknown> = { ...given };
  const replace = (name: string): void => {
    const path = credential[`${name}File`];
    if (typeof path !== 'string') return;
    credential[name] = read(path, '', (_, message) => report(`${name}File: ${message}`));
  };
  replace('password');
  if (credential['kind'] === 'static-token') replace('token');
  return credential;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const read = (path: string, variable: string, report: Report): string | undefined => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    report(variable, 'names a file that cannot be read');
    return undefined;
  }
};

const REACH_EVERY_MS = 60_000;

/** Microsoft Graph in each tenant. */
export const outsideOf = (tenants: GraphTenants): Outside[] =>
  tenants.tenants().map((tenant) => ({
    name: `graph ${tenant}`,
    everyMs: REACH_EVERY_MS,
    ends: () => tenants.credentialEnd(tenant),
    check: (signal) => reach(tenants.client(tenant), signal),
  }));

/** The tenants that the environment names. */
export const graphTenants = Part.define({
  environment: tenantEnvironment,
  make: ({ environment }) => new GraphTenants(environment.tenants),
  outside: outsideOf,
});

/** Those tenants, with every call booked in a budget: what services call Graph by. */
export const meteredGraph = (budget: Part<Budget>): Part<MeteredGraph> =>
  Part.define({
    uses: { tenants: graphTenants, budget },
    make: ({ uses }) => new MeteredGraph(uses.tenants, uses.budget),
  });
