import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeEnvironment, EnvironmentError, readEnvironment } from '@collection-sync/platform';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import { composed, exampleSettings, isOurs, standardOf } from './compose.js';
import { render, renderWith, ROOT, type Manifest } from './manifests.js';
import { allOf, isOurs as isOurContainer, podsOf } from './pods.js';

interface Program {
  readonly name: string;
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
  /** what it is handed beside, whether it reads it or not */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Read by Node or by Kerberos themselves. */
const FOREIGN = ['KRB5_CONFIG', 'KRB5_CLIENT_KTNAME', 'KRB5CCNAME', 'NODE_OPTIONS'];
/** What the webhook of Azure Workload Identity adds. */
const WORKLOAD_IDENTITY = {
  AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000000',
  AZURE_FEDERATED_TOKEN_FILE: '/var/run/secrets/azure/tokens/azure-identity-token',
};
/** Stands for what comes from a Secret or a file. */
const SECRETS: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgres://user:password@postgres/db?sslmode=verify-full',
  REDIS_URL: 'rediss://user@redis',
  AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000000',
};

const programsOf = (installation: string, manifests: readonly Manifest[]): Program[] =>
  podsOf(manifests).flatMap((pod) =>
    allOf(pod)
      .filter(isOurContainer)
      .map(({ name, args = [], env = [], envFrom = [] }) => ({
        name: `${installation} ${pod.name} ${name}`,
        entry: args[0] ?? '',
        environment: {
          ...Object.fromEntries(env.map((each) => [each.name, each.value ?? ''])),
          ...(pod.labels['azure.workload.identity/use'] && name === 'service' ? WORKLOAD_IDENTITY : {}),
        } as Record<string, string>,
        settings: Object.assign(
          {},
          ...envFrom.map(({ configMapRef }) => configMap(manifests, configMapRef?.name)),
        ) as Record<string, string>,
      })),
  );

const configMap = (manifests: readonly Manifest[], name = ''): Record<string, string> => {
  const found = manifests.find((each) => each.kind === 'ConfigMap' && each.metadata.name === name);
  if (!found?.data) throw new Error(`the ConfigMap ${name} is not there`);
  return found.data;
};

const programsOfCompose = (installation: 'real' | 'demo'): Program[] =>
  Object.entries(composed(installation))
    .filter(([, service]) => isOurs(service) && service.command?.[0]?.startsWith('apps/'))
    .map(([name, { command = [], environment = {}, env_file: files = [] }]) => ({
      name: `compose ${installation} ${name}`,
      entry: command[0] ?? '',
      environment: Object.fromEntries(
        Object.entries(environment).map(([variable, value]) => [variable, standardOf(String(value))]),
      ),
      settings: files.length > 0 ? exampleSettings() : {},
    }));

const programs = [
  ...programsOf('demo', await render('demo')),
  ...programsOf('production', await render('production')),
  ...programsOf('production with azure-stores', await renderWith('azure-stores')),
  ...programsOfCompose('real'),
  ...programsOfCompose('demo'),
];

const appOf = ({ entry }: Program): string => /^apps\/([a-z]+)\/dist\/main\.js$/.exec(entry)?.[1] ?? '';

const schemaOf = async (program: Program): Promise<z.ZodType | undefined> => {
  const app = appOf(program);
  const [file] = ['service.js', `${app}.env.js`]
    .map((name) => join(ROOT, 'apps', app, 'dist', name))
    .filter((path) => existsSync(path));
  if (file === undefined) return undefined;
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<string, unknown>;
  const declared = (module[app] as { environment: z.ZodType } | undefined)?.environment;
  return declared ?? (module[`${app}Environment`] as z.ZodType);
};

it.each(programs)('$name starts a program that exists', (program) => {
  expect(existsSync(join(ROOT, 'apps', appOf(program), 'src/main.ts')), program.entry).toBe(true);
});

it.each(programs)('$name sets what its program reads, and all that it needs', async (program) => {
  const schema = await schemaOf(program);
  if (!schema) return expect(program.environment).toEqual({});
  const known = describeEnvironment(schema).map(({ name }) => name);
  const given = Object.entries(program.environment);
  const unknown = given.filter(
    ([name]) => !known.includes(name) && !FOREIGN.includes(name) && !known.includes(name.replace(/_FILE$/, '')),
  );
  expect(unknown).toEqual([]);
  // files are there only where the program runs
  const read = Object.fromEntries(
    Object.entries({ ...program.settings, ...program.environment }).map(([name, value]) => {
      const content = name.replace(/_FILE$/, '');
      return value && content !== name && known.includes(content)
        ? [content, SECRETS[content] ?? 'from a file']
        : [name, value];
    }),
  );
  try {
    readEnvironment(schema, read);
  } catch (error) {
    expect(error instanceof EnvironmentError ? error.problems : error).toEqual([]);
  }
});

it('settings that several programs are handed name only what some of them reads', async () => {
  const schemas = await Promise.all(programs.map(schemaOf));
  const known = schemas.flatMap((schema) => (schema ? describeEnvironment(schema).map(({ name }) => name) : []));
  const names = [...new Set(programs.flatMap(({ settings = {} }) => Object.keys(settings)))].map((name) =>
    known.includes(name) ? name : name.replace(/_FILE$/, ''),
  );
  expect(names.filter((name) => !known.includes(name) && !FOREIGN.includes(name))).toEqual([]);
});
