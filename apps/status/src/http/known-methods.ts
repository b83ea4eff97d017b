import { API_ROOT, type Contract } from './contract.js';

/** Which methods a path of the API has. */
export class KnownMethods {
  private readonly paths: { readonly pattern: RegExp; readonly methods: Set<string> }[] = [];

  constructor(contracts: readonly Contract[]) {
    const byPath = Map.groupBy(contracts, ({ path }) => path);
    for (const [path, served] of byPath) {
      const pattern = new RegExp(
        `^${API_ROOT}${path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}/?(\\?.*)?$`,
      );
      const methods = new Set<string>(served.map(({ method }) => method));
      if (methods.has('GET')) methods.add('HEAD');
      this.paths.push({ pattern, methods });
    }
  }

  /** The methods of a path that does not have this one; undefined when it has, or when there is no such path. */
  otherThan(method: string, url: string): string[] | undefined {
    const known = this.paths.filter(({ pattern }) => pattern.test(url));
    if (known.length === 0 || known.some(({ methods }) => methods.has(method))) return undefined;
    return [...new Set(known.flatMap(({ methods }) => [...methods]))];
  }
}
