import { z } from 'zod';

/** RFC 9457, with the fields that were wrong and what to do about it. */
export const problemDocument = z
  .object({
    type: z.string().describe('URI reference that names the kind of problem'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional().describe('what happened'),
    instance: z.string().optional().describe('this very answer, as the log of the service names it: urn:uuid:…'),
    code: z.string().optional().describe('error code of the closed set, when it is one of them'),
    advice: z.string().optional().describe('what to do'),
    errors: z
      .array(z.object({ field: z.string().describe('such as body.policy.guard.maxShare'), message: z.string() }))
      .optional(),
    collection: z.string().optional().describe('the collection that the group belongs to already'),
    matches: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .optional()
      .describe('what an ambiguous name may mean'),
  })
  .meta({ id: 'Problem' });
export type ProblemDocument = z.infer<typeof problemDocument>;

const TITLES: Readonly<Record<number, string>> = {
  400: 'Invalid request',
  401: 'Sign-in required',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Cannot be done as asked',
  429: 'Too many requests',
  500: 'Internal error',
  502: 'Upstream failed',
  503: 'Not available now',
};

type Extra = Partial<Omit<ProblemDocument, 'type' | 'title' | 'status' | 'detail' | 'instance'>>;

/** An answer that says no. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    detail: string,
    readonly extra: Extra = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }

  /** @param instance of RFC 9457: names this very answer */
  document(instance?: string): ProblemDocument {
    return {
      type: 'about:blank',
      title: TITLES[this.status] ?? 'Problem',
      status: this.status,
      detail: this.message,
      ...(instance === undefined ? {} : { instance }),
      ...this.extra,
    };
  }
}

/** Names an answer after its request. */
export const instanceOf = (requestId: string): string => `urn:uuid:${requestId}`;

export const notFound = (what: string, advice?: string): Problem =>
  new Problem(404, `${what} does not exist.`, { advice });

export const invalid = (errors: { field: string; message: string }[]): Problem =>
  new Problem(400, `${errors.map(({ field, message }) => `${field}: ${message}`).join('; ')}`, { errors });
