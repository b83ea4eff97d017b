import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { apiDocument } from '../../status/dist/status.module.js';

// node apps/console/scripts/api-types.mjs [--check]: the types of the API, from its OpenAPI document. The status service has to be built.
const file = fileURLToPath(new URL('../src/api/schema.ts', import.meta.url));
const heading = '// Made from the OpenAPI document by scripts/api-types.mjs.\n';
const types = heading + astToString(await openapiTS(apiDocument(), { alphabetize: true }));
const made = await format(types, { ...(await resolveConfig(file)), filepath: file });

if (!process.argv.includes('--check')) await writeFile(file, made);
else if ((await readFile(file, 'utf8').catch(() => '')) !== made) {
  console.error('apps/console/src/api/schema.ts is not what the API is: run node apps/console/scripts/api-types.mjs');
  process.exit(1);
}
