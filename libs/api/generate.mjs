import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTypescript, { astToString } from 'openapi-typescript';

// Writes src/schema.ts, the types of the operators' API, from its document. What has a default may be left out of a request.
const at = (path) => new URL(path, import.meta.url);
const document = JSON.parse(readFileSync(at('../../docs/api/openapi.json'), 'utf8'));
const types = await openapiTypescript(document, { defaultNonNullable: false, enumValues: true });
const text = `// Made by the build from docs/api/openapi.json.\n${astToString(types)}`;
const file = at('src/schema.ts');
mkdirSync(at('src'), { recursive: true });
// an unchanged file is left alone: the compiler then has nothing to do
if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
