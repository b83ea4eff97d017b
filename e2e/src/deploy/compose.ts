import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './manifests.js';

export interface ComposeService {
  readonly image: string;
  readonly command?: string[];
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly env_file?: string[];
  readonly volumes?: string[];
  readonly ports?: string[];
  readonly mem_limit?: string;
  readonly restart?: string;
  readonly logging?: { readonly driver?: string; readonly options?: Readonly<Record<string, unknown>> };
  readonly healthcheck?: Readonly<Record<string, unknown>>;
}

type Services = Readonly<Record<string, ComposeService>>;

const REAL = 'docker-compose.yml';
const DEMO = 'docker-compose.demo.yml';

export const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const servicesOf = (file: string): Services =>
  (parse(textOf(file), { merge: true, logLevel: 'silent' }) as { services: Services }).services;

/** The services as compose joins its files: variables of one name are replaced, and every list of the demo says `!override`. */
export const composed = (installation: 'real' | 'demo'): Services => {
  const real = servicesOf(REAL);
  if (installation === 'real') return real;
  const demo = servicesOf(DEMO);
  return Object.fromEntries(
    [...new Set([...Object.keys(real), ...Object.keys(demo)])].map((name) => [
      name,
      { ...real[name], ...demo[name], environment: { ...real[name]?.environment, ...demo[name]?.environment } },
    ]),
  ) as Services;
};

/** `${NAME:-standard}` where nobody sets it. */
export const standardOf = (text: string): string => text.replace(/\$\{[A-Z_]+:?-([^}]*)\}/g, '$1');

export const isOurs = ({ image }: ComposeService): boolean => standardOf(image) === 'collection-sync';

/** The settings that `.env.example` proposes. */
export const exampleSettings = (): Record<string, string> =>
  Object.fromEntries(
    [...textOf('.env.example').matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
