import { z } from 'zod';

/** What a caller must be at least. `Public` routes need no sign-in. */
export const ROLES = ['Public', 'Reader', 'Operator', 'Admin'] as const;
type Role = (typeof ROLES)[number];

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Fastify reads a body with these. */
export const BODY_METHODS: ReadonlySet<string> = new Set<Method>(['POST', 'PUT', 'PATCH', 'DELETE']);

type Fields = z.ZodObject;

/** Everything that is to be known about a route, in one place: the router, the guard, the validation and the OpenAPI document read it. */
export interface Contract<
  P extends Fields | undefined = Fields | undefined,
  Q extends Fields | undefined = Fields | undefined,
  B extends z.ZodType | undefined = z.ZodType | undefined,
  A extends z.ZodType | undefined = z.ZodType | undefined,
> {
  /** operationId in the OpenAPI document, and the name of the generated function */
  readonly id: string;
  readonly method: Method;
  /** below /api/v1, such as `/targets/{tenant}/{group}` */
  readonly path: `/${string}`;
  readonly role: Role;
  /** the role may be held for a part (auth/grants.ts); the handler refuses what lies outside of it */
  readonly ofPart?: true;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** size of the body at most, in KiB; 64 by default */
  readonly bodyKib?: number;
  /** status of the answer; 200 by default */
  readonly status?: number;
  /** where what was made or asked for is found, below /api/v1, with fields of the answer: `/commands/{id}` */
  readonly location?: `/${string}`;
  /** the field of the answer that is its entity tag */
  readonly etag?: string;
  /** acts only on the version that `If-Match` names */
  readonly ifMatch?: boolean;
  readonly answer?: A;
  /** media types of an answer that is text, or not only JSON, with what each carries */
  readonly produces?: Readonly<Record<string, z.ZodType>>;
  /** problem documents it may answer beside those that every route may answer */
  readonly problems?: readonly number[];
}

export const API_ROOT = '/api/v1';

export const contract = <
  P extends Fields | undefined = undefined,
  Q extends Fields | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  A extends z.ZodType | undefined = undefined,
>(
  given: Contract<P, Q, B, A>,
): Contract<P, Q, B, A> => given;

type Given<T> = Exclude<T, undefined>;
type OutputOf<T> = [Given<T>] extends [never] ? undefined : z.output<Given<T>>;

/** What a handler gets: validated, with defaults filled in. */
export interface InputOf<C extends Contract> {
  readonly params: OutputOf<C['params']>;
  readonly query: OutputOf<C['query']>;
  readonly body: OutputOf<C['body']>;
}

export type AnswerOf<C extends Contract> = [Given<C['answer']>] extends [never] ? void : z.input<Given<C['answer']>>;
