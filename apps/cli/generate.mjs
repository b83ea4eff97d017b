import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { apiDocument } from '@collection-sync/status';
import openapiTypescript, { astToString } from 'openapi-typescript';
import prettier from 'prettier';

// node apps/cli/generate.mjs (after a build): the OpenAPI document for readers, and its types for the command line.
const root = new URL('../../', import.meta.url);
const write = async (path, text) => {
  const file = fileURLToPath(new URL(path, root));
  const options = await prettier.resolveConfig(file);
  await mkdir(new URL('./', new URL(path, root)), { recursive: true });
  await writeFile(file, await prettier.format(text, { ...options, filepath: file }));
};

const document = apiDocument();
await write('docs/api/openapi.json', JSON.stringify(document));
await write(
  'apps/cli/src/generated/api.ts',
  astToString(await openapiTypescript(structuredClone(document), { defaultNonNullable: false })),
);
