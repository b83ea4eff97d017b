import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ROOT } from './manifests.js';

interface Command {
  readonly command: string;
  readonly untried: boolean;
}

const { commandsOf } = (await import(/* @vite-ignore */ pathToFileURL(join(ROOT, 'tools/docs/commands.mjs')).href)) as {
  commandsOf: (text: string) => Command[];
};

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const PAGES = [
  'README.md',
  'docs/azure.md',
  'docs/compose.md',
  'docs/kafka-acls.md',
  'docs/kubernetes.md',
  'docs/operations.md',
  'docs/standalone.md',
  'docs/tenants.md',
  'docs/troubleshooting.md',
];

const RESTORE = 'e2e/src/restore.it.ts';
const CONTAINERS = 'e2e/src/containers.ts';
const KUBERNETES = 'tools/kubernetes/checks.mjs';
const CLI = 'apps/cli/src/cli.it.ts';

/** What runs a command: how it begins, the test or what a test starts, and a word of that. */
const TRIED: readonly (readonly [begins: string, by: string, word: string])[] = [
  // the scripts of package.json are known to documents.it.ts
  ['npm run ', 'e2e/src/deploy/documents.it.ts', 'every npm script'],
  ['npm test', 'tools/test.mjs', 'needs'],
  ['npm start', 'e2e/src/standalone.it.ts', 'apps/standalone/dist/main.js'],
  ['npm ci', 'Dockerfile', 'npm ci'],
  ['deploy/entra/register.sh', 'e2e/src/deploy/entra.it.ts', 'deploy/entra/register.sh'],
  ['deploy/k8s/overlays/demo/create-secrets.sh', KUBERNETES, 'create-secrets.sh'],
  ['kubectl create secret generic', 'deploy/k8s/overlays/demo/create-secrets.sh', 'create secret generic'],
  // those are read from the pages there, and run as they stand
  ['kubectl ', 'tools/kubernetes/page-commands.mjs', 'commandsOf'],
  ['helm upgrade', KUBERNETES, "'upgrade'"],
  ['helm rollback', KUBERNETES, "'rollback'"],
  ['helm uninstall', KUBERNETES, "'uninstall'"],
  ['openssl req -x509', 'libs/graph/src/sign-in.it.ts', 'A certificate for an application'],
  ['cat writer.crt', 'libs/graph/src/sign-in.it.ts', 'A certificate for an application'],
  ['psql ', RESTORE, 'GUIDE'],
  ['pg_dump ', RESTORE, 'GUIDE'],
  ['pg_restore ', RESTORE, 'GUIDE'],
  ['collsync recover', RESTORE, 'GUIDE'],
  ['collsync doctor', CLI, "collsync('doctor'"],
  ['collsync why', CLI, "collsync('why'"],
  ['collsync map', CLI, "collsync('map'"],
  ['collsync sync', CLI, "collsync('sync'"],
  ['collsync plans', 'docs/cli.md', 'collsync plans'],
  ['kafka-acls.sh ', 'e2e/src/deploy/kafka-acls.it.ts', 'docs/kafka-acls.md'],
  ['export COMPOSE_FILE=', 'tools/containers.mjs', 'COMPOSE_FILE'],
  ['docker compose exec status /nodejs/bin/node', CONTAINERS, '/data/token'],
  ['docker compose up --detach --scale', CONTAINERS, '--scale'],
  ['docker compose up --build --detach', 'tools/containers.mjs', "'up'"],
  ['docker compose down --volumes', 'tools/containers.mjs', "'--volumes'"],
  ['docker compose down', CONTAINERS, "'down'"],
  ['docker compose up --no-build', CONTAINERS, '--no-build'],
  ['docker compose exec -T postgres pg_dump ', CONTAINERS, "'pg_dump'"],
  ['cp .env.example .env', 'e2e/src/deploy/compose.ts', '.env.example'],
  ['docker compose logs', 'tools/containers.mjs', "'logs'"],
];

/** Without the variables before it. */
const bare = (command: string): string => command.replace(/^(?:[A-Z_]+=\S+ +)+/, '');

describe.each(PAGES)('the commands of %s', (page) => {
  it('are run by a test each, or said to be untried', () => {
    const unknown = commandsOf(read(page)).filter(
      ({ command, untried }) => !untried && !TRIED.some(([begins]) => bare(command).startsWith(begins)),
    );
    expect(unknown.map(({ command }) => command)).toEqual([]);
  });
});

it.each(TRIED)('%s is run by %s', (begins, by, word) => {
  expect(read(by), begins).toContain(word);
  const pages = PAGES.filter((page) => commandsOf(read(page)).some(({ command }) => bare(command).startsWith(begins)));
  expect(pages, `no page has ${begins}`).not.toEqual([]);
});

it('a command in a sentence, a block, a list or a table is seen, and what is said of it', () => {
  const page = [
    'Say `kubectl get pods`, and `COLLSYNC_URL` is no command.',
    '',
    '1. `helm uninstall` (untried)',
    '2. `docker compose\n   down`',
    '',
    '| look | `collsync why A B` |',
    '',
    'Untried:',
    '',
    '```sh',
    'psql --file=a \\',
    '  "$URL"      # with a word',
    'X=1 npm start',
    '```',
  ].join('\n');
  expect(commandsOf(page)).toEqual([
    { command: 'kubectl get pods', untried: false },
    { command: 'helm uninstall', untried: true },
    { command: 'docker compose down', untried: false },
    { command: 'collsync why A B', untried: false },
    { command: 'psql --file=a "$URL"', untried: true },
    { command: 'X=1 npm start', untried: true },
  ]);
});
