import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

interface Operation {
  readonly parameters: { readonly in: string; readonly name: string }[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } };
  };
}
interface Schema {
  readonly properties: Record<string, unknown>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');
const module = await read('../powershell/CollectionSync/CollectionSync.psm1');
const document = JSON.parse(await read('../../../docs/api/openapi.json')) as Document;

/** `Invoke-Api GET '/path' … @{ name = … }`, and listings, which are GET. */
const CALLS = [
  ...module.matchAll(
    /(?:Invoke-Api (GET|POST|PUT|PATCH|DELETE)|Get-Everything) '([^']+)'([^\n]*(?:\n {16}\w+ +=[^\n]*)*)/g,
  ),
].map(([, method = 'GET', path = '', rest = '']) => ({ method, path, rest }));
const namesIn = (table: string | undefined): string[] =>
  [...(table ?? '').matchAll(/(\w+) +=/g)].map(([, name = '']) => name);
const operationOf = ({ method, path }: { method: string; path: string }): Operation | undefined =>
  document.paths[`/api/v1${path}`]?.[method.toLowerCase()];

/** What the variables of the module hold. */
const HELD: Readonly<Record<string, string>> = {
  row: 'CollectionRow',
  group: 'Group',
  mapping: 'Mapping',
  tenant: 'Tenant',
};

describe('the PowerShell module', () => {
  it('calls the routes of the API', () => {
    expect(CALLS.length).toBeGreaterThanOrEqual(7);
    for (const call of CALLS) expect(operationOf(call), `${call.method} ${call.path}`).toBeDefined();
  });

  it('asks and sends by names that they know', () => {
    for (const call of CALLS) {
      const operation = operationOf(call);
      const known = operation?.parameters.map(({ name }) => name) ?? [];
      const [, query] = /-Query @\{([^}]*)\}/.exec(call.rest) ?? [];
      const [, values] = /-Values @\{([^}]*)\}/.exec(call.rest) ?? [];
      for (const name of [...namesIn(query), ...namesIn(values)]) expect(known, call.path).toContain(name);
      const [, body] = /-Body @\{([^}]*)/s.exec(call.rest) ?? [];
      const reference = operation?.requestBody?.content['application/json'].schema.$ref.split('/').at(-1) ?? '';
      for (const name of namesIn(body))
        expect(Object.keys(document.components.schemas[reference]?.properties ?? {}), call.path).toContain(name);
    }
    for (const [, name = ''] of module.matchAll(/\$query\['(\w+)'\]/g))
      expect(document.paths['/api/v1/collections']?.['get']?.parameters.map((parameter) => parameter.name)).toContain(
        name,
      );
  });

  it('reads fields that the answers have', () => {
    const reads = [...module.matchAll(/\$(row|group|mapping|tenant)\.(\w+)/g)];
    expect(reads.length).toBeGreaterThan(20);
    for (const [, variable = '', field = ''] of reads)
      expect(Object.keys(document.components.schemas[HELD[variable] ?? '']?.properties ?? {}), variable).toContain(
        field,
      );
  });

  it('has the options of the product’s cmdlet', () => {
    const [, set = ''] = /function Set-CollectionCloudSync \{(.*?)^\}/ms.exec(module) ?? [];
    expect(set).toContain('SupportsShouldProcess');
    for (const name of ['CollectionId', 'CollectionName', 'TenantId', 'AddGroupName', 'RemoveGroupName'])
      expect(set).toMatch(new RegExp(`\\[string(\\[\\])?\\] \\$${name}\\b`));
  });
});
