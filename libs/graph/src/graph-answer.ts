import { parseStorable, storableText } from '@collection-sync/core';

/** What Graph answered, whatever the status. Header names are in lower case, since their spelling varies. */
export interface GraphAnswer<T = unknown> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** parsed JSON; the text when it is none; undefined when there is no body */
  readonly body: T;
  /** Graph's `request-id`, which Microsoft support asks for */
  readonly requestId?: string;
  /** what the request called itself by */
  readonly clientRequestId?: string;
  /** which of Graph's servers answered: `x-ms-ags-diagnostic` */
  readonly diagnostic?: string;
}

export const lowerCaseHeaders = (headers: Iterable<readonly [string, unknown]>): Record<string, string> => {
  const result: Record<string, string> = {};
  for (const [name, value] of headers) result[name.toLowerCase()] = String(value);
  return result;
};

/** Reads a response to its end. */
export const answerOf = async <T>(response: Response, clientRequestId: string): Promise<GraphAnswer<T>> => {
  const headers = lowerCaseHeaders(response.headers);
  const text = await response.text();
  const body = parse(text);
  return {
    status: response.status,
    headers,
    body: body as T,
    requestId: headers['request-id'] ?? errorOf(body).requestId,
    clientRequestId,
    diagnostic: headers['x-ms-ags-diagnostic'],
  };
};

const parse = (text: string): unknown => {
  if (text === '') return undefined;
  try {
    return parseStorable(text);
  } catch {
    return storableText(text);
  }
};

/** The error in a body, total: `message` may be an object, anything may be missing. https://learn.microsoft.com/graph/errors */
export interface GraphErrorBody {
  readonly code: string;
  readonly message: string;
  readonly innerCode?: string;
  readonly requestId?: string;
}

export const errorOf = (body: unknown): GraphErrorBody => {
  const error = record(record(body)?.['error']);
  if (!error) return { code: '', message: typeof body === 'string' ? wordsIn(body) : '' };
  const inner = record(error['innerError'] ?? error['innererror']);
  return {
    code: textOf(error['code']),
    message: textOf(error['message']),
    innerCode: inner && textOf(inner['code']),
    requestId: (inner && textOf(inner['request-id'])) || undefined,
  };
};

/** What a proxy says; a listing that was cut off says nothing, and its names belong in no log. */
const wordsIn = (text: string): string => (/^\s*[[{]/.test(text) ? 'the answer is cut off' : storableText(text, 300));

const record = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const nested = record(value)?.['value'];
  return typeof nested === 'string' ? nested : value === undefined || value === null ? '' : JSON.stringify(value);
};
