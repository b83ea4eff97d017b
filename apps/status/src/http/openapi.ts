import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { API_ROOT, BODY_METHODS, type Contract } from './contract.js';
import { linksOf } from './links.js';
import { problemDocument } from './problem.js';

type Json = Record<string, unknown>;

const EVERY_ROUTE = [400, 405, 431, 500, 503] as const;
const WITH_BODY = [413, 415] as const;
const SIGNED_IN = [401, 403, 429] as const;

/** The answers that say no, each once in the document; every one is a problem document. */
const PROBLEMS: Readonly<Record<number, { readonly name: string; readonly description: string }>> = {
  400: { name: 'InvalidRequest', description: 'The request is not as described; `errors` names each field.' },
  401: { name: 'SignInRequired', description: 'No token, or one that is not accepted.' },
  403: { name: 'NotAllowed', description: 'The role is not enough.' },
  404: { name: 'NotFound', description: 'There is no such thing.' },
  405: {
    name: 'MethodNotAllowed',
    description: 'The path is there, but not with this method; `Allow` names those that are.',
  },
  406: { name: 'NotAcceptable', description: 'It is not to be had in a media type that `Accept` names.' },
  409: { name: 'Conflict', description: 'It does not fit the present state; the detail says why.' },
  412: {
    name: 'ChangedMeanwhile',
    description: 'It is not the version that `If-Match` names: somebody has changed it.',
  },
  413: { name: 'TooLarge', description: 'The body is larger than this route reads.' },
  415: { name: 'NotJson', description: 'The body is not JSON.' },
  422: { name: 'CannotBeDone', description: 'It is well-formed, but cannot be done; the detail says what to fix.' },
  429: {
    name: 'TooMany',
    description: 'Too many failed sign-ins from this address, or too many live streams or look-ups of this user.',
  },
  431: { name: 'HeadersTooLarge', description: 'The address and the headers are longer than the server reads.' },
  500: { name: 'InternalError', description: 'A defect; the log has the details.' },
  502: { name: 'UpstreamFailed', description: 'Microsoft Graph refused.' },
  503: {
    name: 'NotAvailable',
    description: 'Something this service needs is away; try again after `Retry-After` seconds.',
  },
};

/** The OpenAPI 3.1 document of the contracts. Named schemas (`meta({ id })`) become components. */
export const openApiDocument = (contracts: readonly Contract[], version: string): Json => {
  const components = new Components();
  const paths: Record<string, Json> = {};
  for (const contract of contracts) {
    const path = (paths[API_ROOT + contract.path] ??= {});
    path[contract.method.toLowerCase()] = operation(contract, components, linksOf(contract, contracts));
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Collection Sync',
      version,
      description:
        'Keeps Microsoft Entra groups equal to Configuration Manager collections: mappings, commands, live state, history and reasons. ' +
        'Errors are problem documents (RFC 9457). Listings are paged by cursor.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(contracts.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: components.schemas,
      responses: components.responses,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of the OpenID provider that `GET /api/v1/sign-in` names, or the local token.',
        },
      },
    },
  };
};

const operation = (contract: Contract, components: Components, links: Json): Json => {
  const isPublic = contract.role === 'Public';
  const codes = [
    ...EVERY_ROUTE,
    ...(BODY_METHODS.has(contract.method) ? WITH_BODY : []),
    ...(isPublic ? [] : SIGNED_IN),
    ...(contract.problems ?? []),
    ...(contract.ifMatch ? [412] : []),
  ];
  const body = contract.body && {
    requestBody: {
      required: !contract.body.safeParse(undefined).success,
      content: { 'application/json': { schema: components.input(contract.body) } },
    },
  };
  return {
    operationId: contract.id,
    tags: [contract.tag],
    summary: contract.summary,
    description: [contract.description, roleOf(contract)].filter(Boolean).join('\n\n'),
    ...(isPublic ? { security: [] } : {}),
    'x-role': contract.role,
    parameters: [
      ...parameters('path', contract.params, components),
      ...parameters('query', contract.query, components),
      ...(contract.ifMatch ? [IF_MATCH] : []),
    ],
    ...body,
    responses: {
      ...(contract.query && 'dryRun' in contract.query.shape
        ? { 200: { description: 'What it would be; nothing was done.', ...content(contract, components) } }
        : {}),
      [String(contract.status ?? 200)]: {
        description: contract.summary,
        ...headers(contract),
        ...content(contract, components),
        ...(Object.keys(links).length > 0 ? { links } : {}),
      },
      ...Object.fromEntries(codes.toSorted((a, b) => a - b).map((code) => [String(code), components.problem(code)])),
    },
  };
};

const roleOf = ({ role, ofPart }: Contract): string => {
  if (role === 'Public') return 'Needs no sign-in.';
  return ofPart ? `Role: ${role}, for everything or for the tenant and collection concerned.` : `Role: ${role}.`;
};

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: '`ETag` of the answer that the change is made from: refused (412) when somebody has changed it since',
  schema: { type: 'string' },
};

const headers = ({ location, etag }: Contract): Json => {
  const named = {
    ...(location ? { Location: { description: `${API_ROOT}${location}`, schema: { type: 'string' } } } : {}),
    ...(etag ? { ETag: { description: 'its version, for `If-Match`', schema: { type: 'string' } } } : {}),
  };
  return Object.keys(named).length > 0 ? { headers: named } : {};
};

const content = ({ answer, produces }: Contract, components: Components): Json => {
  const types = Object.entries(produces ?? (answer ? { 'application/json': answer } : {}));
  if (types.length === 0) return {};
  return { content: Object.fromEntries(types.map(([type, schema]) => [type, { schema: components.answer(schema) }])) };
};

const parameters = (location: 'path' | 'query', fields: z.ZodObject | undefined, components: Components): Json[] =>
  Object.entries(fields?.shape ?? {}).map(([name, field]) => {
    const schema = components.input(field as z.ZodType);
    const { description, ...rest } = schema;
    return {
      name,
      in: location,
      required: location === 'path' || !(field as z.ZodType).safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });

/** Turns zod schemas into JSON Schema and collects what has a name. */
class Components {
  readonly schemas: Record<string, Json> = {};
  readonly responses: Record<string, Json> = {};

  /** A reference to the one answer of this status. */
  problem(code: number): Json {
    const known = PROBLEMS[code];
    if (!known) throw new Error(`An answer ${code} has no description`);
    const { name, description } = known;
    this.responses[name] ??= {
      description,
      content: { 'application/problem+json': { schema: this.answer(problemDocument) } },
    };
    return { $ref: `#/components/responses/${name}` };
  }

  input(schema: z.ZodType): Json {
    return this.convert(schema, 'input');
  }

  answer(schema: z.ZodType): Json {
    return this.convert(schema, 'output');
  }

  private convert(schema: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _,
      $defs,
      ...json
    } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & { $defs?: Record<string, Json> };
    for (const [name, definition] of Object.entries($defs ?? {})) this.add(name, definition);
    const id = schema.meta()?.id;
    if (id === undefined || '$ref' in json) return point(json);
    this.add(id, json);
    return { $ref: `#/components/schemas/${id}` };
  }

  private add(name: string, { id: _, $schema: __, ...definition }: Json): void {
    const known = this.schemas[name];
    const pointed = point(definition);
    if (known && !isDeepStrictEqual(known, pointed)) {
      throw new Error(`${name} is described in two ways: what goes in is not what comes out. Give each its own name.`);
    }
    this.schemas[name] = pointed;
  }
}

/** References of a schema of its own point into the document instead. */
const point = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/')) as T;
