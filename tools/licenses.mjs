import { writeFileSync } from 'node:fs';
import { licenseTexts, runtimePackages } from './release/licenses.mjs';

// node tools/licenses.mjs FILE WORKSPACE…: the licenses of all that the workspaces need to run, for whoever gets an image.
const [file, ...workspaces] = process.argv.slice(2);
const line = '-'.repeat(80);
const entries = licenseTexts(runtimePackages(workspaces)).map(
  ({ name, version, license, text }) => `${line}\n${name} ${version}: ${license}\n${line}\n\n${text}\n`,
);
writeFileSync(file, entries.join('\n'));
console.log(`${file}: ${entries.length} packages`);
