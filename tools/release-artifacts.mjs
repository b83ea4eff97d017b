import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeArtifacts } from './release/artifacts.mjs';
import { ensureBuilt } from './workspace/build.mjs';
import { root } from './workspace/run.mjs';

// npm run release:artifacts: what is handed on with the release that is checked out, into release/.
const read = (file) => readFileSync(join(root, file), 'utf8');
const { version } = JSON.parse(read('package.json'));
const [, notes = ''] =
  new RegExp(`(^## ${version.replaceAll('.', '\\.')} [\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(
    read('CHANGELOG.md'),
  ) ?? [];
await ensureBuilt('apps/cli');
await makeArtifacts(version, notes);
