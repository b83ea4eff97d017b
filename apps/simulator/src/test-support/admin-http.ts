export type Row = Record<string, unknown>;

export interface AdminReply {
  status: number;
  headers: Headers;
  text: string;
  body: Row;
  value: Row[];
}

/** A plain HTTP client for the AdminService face. */
export class AdminHttp {
  constructor(
    private readonly root: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  get(path: string, headers: Record<string, string> = {}): Promise<AdminReply> {
    return this.#send('GET', path, undefined, headers);
  }

  post(path: string, body: object): Promise<AdminReply> {
    return this.#send('POST', path, JSON.stringify(body), { 'content-type': 'application/json' });
  }

  /** The rows of a list; throws unless it is a whole one. */
  async list(path: string): Promise<Row[]> {
    const reply = await this.get(path);
    if (reply.status !== 200 || !Array.isArray(reply.body['value']))
      throw new Error(`${path} answered ${reply.status}: ${reply.text}`);
    return reply.value;
  }

  async #send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<AdminReply> {
    const url = path.startsWith('http') ? path : `${this.root}/wmi/${path.replaceAll('\\', '%5C')}`;
    const response = await fetch(url, {
      method,
      headers: { ...this.headers, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const parsed = parse(text);
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: parsed,
      value: (parsed['value'] ?? []) as Row[],
    };
  }
}

function parse(text: string): Row {
  try {
    return JSON.parse(text) as Row;
  } catch {
    return {};
  }
}
