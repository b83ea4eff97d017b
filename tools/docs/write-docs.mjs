import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { root } from '../workspace/run.mjs';
import { environmentPage } from './environment-page.mjs';
import { eventsPage } from './events-page.mjs';
import { kafkaAclsPage } from './kafka-acls-page.mjs';
import { permissionsPage } from './permissions-page.mjs';
import { reasonsPage } from './reasons-page.mjs';
import { rolesPage } from './roles-page.mjs';
import { strimziComponent } from './strimzi-component.mjs';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const built = (path) => import(pathToFileURL(join(root, path)).href);

/** Every generated file, by its path. */
async function pages() {
  const core = await built('libs/core/dist/index.js');
  const { topicConfig } = await built('libs/bus/dist/index.js');
  const { apiDocument } = await built('apps/status/dist/index.js');
  const events = core.asyncApi(version);
  const api = apiDocument();
  return {
    'docs/events/asyncapi.json': JSON.stringify(events),
    'docs/events/README.md': eventsPage(events),
    'docs/api/openapi.json': JSON.stringify(api),
    'docs/api/roles.md': rolesPage(api),
    'docs/kafka-acls.md': kafkaAclsPage(core),
    'docs/reasons.md': reasonsPage(core),
    'docs/permissions.md': permissionsPage(await built('libs/graph/dist/index.js')),
    ...strimziComponent({ core, topicConfig }),
    'docs/environment.md': await environmentPage(built),
  };
}

/** Writes the pages, or only tells which of them are not as they would be written. */
export async function writtenDocs({ write }) {
  const stale = [];
  for (const [path, text] of Object.entries(await pages())) {
    const file = join(root, path);
    const page = await format(text, { ...(await resolveConfig(file)), filepath: file });
    if (existsSync(file) && readFileSync(file, 'utf8') === page) continue;
    if (write) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, page);
      console.log(`wrote ${path}`);
    } else stale.push(path);
  }
  return { stale };
}
