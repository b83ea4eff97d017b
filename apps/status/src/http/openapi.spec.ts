import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { allContracts, apiDocument } from '../routes.js';

interface Document {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, { $ref?: string }> }>>;
  components: { schemas: Record<string, object>; responses: Record<string, object> };
}
const document = apiDocument() as unknown as Document;

describe('the OpenAPI document', () => {
  it('is the one in docs; npm run docs writes it anew', async () => {
    const file = new URL('../../../../docs/api/openapi.json', import.meta.url);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('has every route once', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(ids.toSorted()).toEqual(
      allContracts()
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('describes each answer that says no once, and names it at the routes that may give it', () => {
    const codes = (path: string, method: string) => Object.keys(document.paths[path]?.[method]?.responses ?? {});
    expect(codes('/api/v1/mappings', 'post')).toEqual(expect.arrayContaining(['400', '401', '413', '415', '429']));
    expect(codes('/api/v1/mappings', 'get')).toEqual(expect.not.arrayContaining(['413', '415']));
    expect(codes('/api/v1/sign-in', 'get')).toEqual(expect.not.arrayContaining(['401', '429']));
    const named = Object.values(document.paths).flatMap((path) =>
      Object.values(path).flatMap(({ responses }) =>
        Object.entries(responses).flatMap(([code, response]) => (Number(code) < 400 ? [] : [response.$ref])),
      ),
    );
    expect([...new Set(named)].toSorted()).toEqual(
      Object.keys(document.components.responses)
        .map((name) => `#/components/responses/${name}`)
        .toSorted(),
    );
  });

  it('has schemas that a validator can use, each with substance', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(schema, name).not.toHaveProperty('$ref');
      ajv.compile({ ...schema, components: document.components });
    }
  });

  it('leads from what a route makes to the routes of the same thing alone', () => {
    const links = (path: string, status: number): Record<string, { parameters: object }> => {
      const post = document.paths[`/api/v1${path}`]?.['post'] as unknown as {
        responses: Record<string, { links: object }>;
      };
      return post.responses[String(status)]?.links as never;
    };
    const ofMapping = links('/mappings', 201);
    expect(Object.keys(ofMapping)).toEqual(
      expect.arrayContaining(['getMapping', 'deleteMapping', 'syncTarget', 'whyMember']),
    );
    expect(ofMapping['getMapping']?.parameters).toEqual({
      tenant: '$response.body#/tenantId',
      group: '$response.body#/groupId',
    });
    expect(Object.keys(links('/targets/{tenant}/{group}/sync', 202))).toEqual(['getCommand']);
  });

  it('names the columns as Configuration Manager does', () => {
    const row = document.components.schemas['CollectionRow'] as { properties: Record<string, { title: string }> };
    const titles = Object.values(row.properties).map(({ title }) => title);
    expect(titles.slice(0, 10)).toEqual([
      'Collection Id',
      'Collection Name',
      'Microsoft Entra group Id',
      'Microsoft Entra group Name',
      'Cloud Sync Status',
      'Member Count',
      'Sync Completed',
      'Sync InProgress',
      // ours: nobody has to act
      'Sync Waiting',
      'Sync Failed',
    ]);
    expect(titles.slice(10, 18)).toEqual([
      'Cloud Service Id',
      'Collection Type',
      'Last Full Sync Member Count',
      'Last Full Sync Status',
      'Last Full Sync Time',
      'Last Sync Member Count',
      'Last Sync Status',
      'Last Sync Time',
    ]);
  });
});
