import openapiTypescript, { astToString } from 'openapi-typescript';

/** The types of an OpenAPI document as source text. What has a default may be left out of a request. */
export const apiTypes = async (document) => {
  const types = await openapiTypescript(structuredClone(document), { defaultNonNullable: false });
  return `// Made from the OpenAPI document by npm run docs.\n${astToString(types)}`;
};
