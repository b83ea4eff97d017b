export interface GraphObject {
  id: string;
  deviceId?: string;
  displayName?: string;
  '@odata.type'?: string;
  '@removed'?: { reason: string };
  'members@delta'?: GraphObject[];
  [property: string]: unknown;
}

interface GraphBody {
  error: { code: string; message: string; innerError: Record<string, string> };
  value: GraphObject[];
  responses: Part[];
  '@odata.nextLink'?: string;
  '@odata.deltaLink'?: string;
  '@odata.count'?: number;
  [property: string]: unknown;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body, `{}` when it is empty or not JSON. */
  body: GraphBody;
}

interface Part {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: GraphBody;
}

export interface PartRequest {
  id: string;
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
  dependsOn?: string[];
}

const JSON_HEADERS = { 'Content-Type': 'application/json' };

/** A plain HTTP client for the Graph face: no retries, no knowledge, just what was sent and answered. */
export class GraphHttp {
  constructor(
    readonly root: string,
    readonly token: string | undefined = 'any-token',
  ) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Reply> {
    return this.send('GET', path, undefined, headers);
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const url = path.startsWith('http') ? path : `${this.root}/v1.0${path}`;
    const response = await fetch(url, {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : JSON_HEADERS),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }

  reference(id: string): string {
    return `${this.root}/v1.0/directoryObjects/${id}`;
  }

  add(group: string, id: string): Promise<Reply> {
    return this.send('POST', `/groups/${group}/members/$ref`, { '@odata.id': this.reference(id) });
  }

  bind(group: string, ids: string[]): Promise<Reply> {
    return this.send('PATCH', `/groups/${group}`, this.binding(ids));
  }

  binding(ids: string[]): { 'members@odata.bind': string[] } {
    return { 'members@odata.bind': ids.map((id) => this.reference(id)) };
  }

  remove(group: string, id: string): Promise<Reply> {
    return this.send('DELETE', `/groups/${group}/members/${id}/$ref`);
  }

  batch(requests: PartRequest[]): Promise<Reply> {
    return this.send('POST', '/$batch', { requests });
  }

  /** Parts that add by PATCH, one per list of ids. */
  patchPart(id: string, group: string, ids: string[]): PartRequest {
    return { id, method: 'PATCH', url: `/groups/${group}`, headers: JSON_HEADERS, body: this.binding(ids) };
  }

  removePart(id: string, group: string, member: string): PartRequest {
    return { id, method: 'DELETE', url: `/groups/${group}/members/${member}/$ref` };
  }

  /** Follows next links to the end. */
  async all(path: string, headers: Record<string, string> = {}): Promise<GraphObject[]> {
    const found: GraphObject[] = [];
    for (let next: string | undefined = path; next;) {
      const { body, status, text } = await this.get(next, headers);
      if (status !== 200) throw new Error(`GET ${next} answered ${status}: ${text}`);
      found.push(...body.value);
      next = body['@odata.nextLink'];
    }
    return found;
  }
}

function parsed(text: string): GraphBody {
  try {
    return JSON.parse(text) as GraphBody;
  } catch {
    return {} as GraphBody;
  }
}
