import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Row = Readonly<Record<string, unknown>>;

/**
 * The answers of a hierarchy, as traced in https://github.com/SpecterOps/ConfigManBearPig/tree/main/sample_data: classes, ids, types, times,
 * nulls and spellings as they are; names, site code and the domain of SIDs replaced, types and names of members taken from their resources.
 */
const RECORDED = JSON.parse(readFileSync(new URL('./recorded-site.json', import.meta.url), 'utf8')) as Record<
  string,
  Row[]
>;

export interface RecordedSite {
  readonly url: string;
  /** `plain`: of $filter only one key, and no $orderby, of which the traces show nothing; `filters`: both; `noWmi`, `noRole`: to whom the site lets nobody ask */
  mode: 'plain' | 'filters' | 'noWmi' | 'noRole';
  readonly asked: string[];
  close(): Promise<void>;
}

export const startRecordedSite = async (): Promise<RecordedSite> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(site, new URL(request.url ?? '', 'http://site'), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const site: RecordedSite = {
    url: `http://127.0.0.1:${port}/AdminService`,
    mode: 'plain',
    asked,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
  return site;
};

const answer = ({ mode }: RecordedSite, url: URL, response: ServerResponse): void => {
  const send = (status: number, body: unknown) =>
    response
      .writeHead(status, { 'content-type': 'application/json; odata.metadata=minimal' })
      .end(JSON.stringify(body));
  const refuse = (message: string) => send(404, { error: { code: '404', message } });
  if (mode === 'noRole') return void response.writeHead(404).end();
  if (mode === 'noWmi') return void refuse('Access denied  WMI QUERY: ');
  const [, name = '', key] = /\/wmi\/(\w+)(?:\((.+)\))?$/.exec(decodeURIComponent(url.pathname)) ?? [];
  const rows = RECORDED[name];
  const query = url.searchParams;
  const filter = query.get('$filter');
  const known = filter === null || /^CollectionID eq '\w+'$/.test(filter);
  if (!rows || (mode === 'plain' && (!known || query.has('$orderby'))))
    return void refuse('No HTTP resource was found that matches the request URI.');
  const chosen = key === undefined ? rows.filter((row) => fits(row, filter)) : rows.filter((row) => keyOf(row) === key);
  if (key !== undefined && chosen.length === 0) return void refuse('Not found.');
  const from = Number(query.get('$skip') ?? 0);
  const page = chosen.slice(from, from + Number(query.get('$top') ?? chosen.length));
  send(200, { '@odata.context': `${url.origin}/AdminService/wmi/$metadata#${name}`, value: page.map(select(query)) });
};

const keyOf = (row: Row): string =>
  'CollectionID' in row ? `'${String(row['CollectionID'])}'` : String(row['ResourceId'] ?? row['ResourceID']);

/** The properties asked for, as the class spells them. */
const select = (query: URLSearchParams) => {
  const wanted = query.get('$select')?.toLowerCase().split(',');
  return (row: Row): Row =>
    Object.fromEntries(Object.entries(row).filter(([name]) => wanted?.includes(name.toLowerCase()) ?? true));
};

const valueOf = (row: Row, name: string): unknown =>
  Object.entries(row).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];

/** Comparisons joined by one kind of word. */
const fits = (row: Row, filter: string | null): boolean => {
  if (filter === null) return true;
  const holds = (term: string): boolean => {
    const [, name = '', op, literal = ''] = /^(\w+) (eq|gt) (.+)$/.exec(term) ?? [];
    const wanted = literal.startsWith("'") ? literal.slice(1, -1) : Number(literal);
    const value = valueOf(row, name) as string | number;
    return op === 'eq' ? value === wanted : value > wanted;
  };
  return filter.includes(' or ') ? filter.split(' or ').some(holds) : filter.split(' and ').every(holds);
};
