/** A request as both faces see it, free of sockets. */
export interface Call {
  method: string;
  /** Path below the face's root, undecoded, without query. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string;
  /** Scheme, host and face root that the caller used, for links in answers. */
  root: string;
  remote: string;
}

/** What is done to the bytes on the wire. */
type WireFault = 'reset' | 'hang' | 'truncate' | 'html';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Serialised as JSON; an iterable is streamed as it is. */
  body?: unknown;
  stream?: Iterable<string>;
  wire?: WireFault;
  /** How often the answer to a batch tells this part; once where nothing is said. */
  told?: 'omitted' | 'twice';
  /** What the journal notes about this request, in addition to status and code. */
  note?: Note;
}

export interface Note {
  alarm?: string;
  fault?: string;
  group?: string;
  named?: string[];
  added?: string[];
  removed?: string[];
  rows?: number;
}

export function answer(status: number, body?: unknown, headers: Record<string, string> = {}, note?: Note): Answer {
  return { status, headers, body, note };
}

/** Path and query, readable, for the journal and for fault patterns. */
export function urlOf(call: Pick<Call, 'path' | 'query'>): string {
  const query = [...call.query].map(([name, value]) => `${name}=${value}`).join('&');
  return query === '' ? call.path : `${call.path}?${query}`;
}
