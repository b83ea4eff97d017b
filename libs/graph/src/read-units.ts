import type { GraphRequest } from './graph-client.js';

const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** The kind of a read: its path without ids, links and tokens. */
const kindOf = (path: string): string => {
  const [address = ''] = path.split('?');
  return address.replace(/^https?:\/\/[^/]+/, '').replaceAll(IDS, '*');
};

/** Resource units before Graph has told them. https://learn.microsoft.com/graph/throttling-limits */
const documented = ({ path, query }: Pick<GraphRequest, 'path' | 'query'>): number => {
  const kind = kindOf(path);
  const selects = query?.['$select'] !== undefined || /[?&](\$|%24)select=/i.test(path);
  if (/\/getByIds$/i.test(kind)) return selects ? 2 : 5;
  return Math.max(1, (/\/members(\/microsoft\.graph\.\w+|\/\$count)?$/i.test(kind) ? 3 : 1) - Number(selects));
};

/** What reads cost: as documented, and as Graph last said of the kind (`x-ms-resource-unit`). */
export class ReadUnits {
  readonly #observed = new Map<string, number>();

  of(request: Pick<GraphRequest, 'path' | 'query'>): number {
    return this.#observed.get(kindOf(request.path)) ?? documented(request);
  }

  learn({ path }: Pick<GraphRequest, 'path'>, headers: Readonly<Record<string, string>>): void {
    const units = Number(headers['x-ms-resource-unit']);
    if (units >= 1) this.#observed.set(kindOf(path), units);
  }
}
