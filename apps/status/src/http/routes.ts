import { API_ROOT, type Contract } from './contract.js';

/** The contracts by their place in the router. */
export class Routes {
  readonly #byRoute = new Map<string, Contract>();
  readonly #paths: { readonly pattern: RegExp; readonly methods: Set<string> }[] = [];

  constructor(contracts: readonly Contract[]) {
    for (const contract of contracts) this.#byRoute.set(`${contract.method} ${routeOf(contract.path)}`, contract);
    for (const [path, served] of Map.groupBy(contracts, ({ path }) => path)) {
      const pattern = new RegExp(
        `^${API_ROOT}${path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}/?(\\?.*)?$`,
      );
      const methods = new Set<string>(served.map(({ method }) => method));
      if (methods.has('GET')) methods.add('HEAD');
      this.#paths.push({ pattern, methods });
    }
  }

  /** @param route the path that the router matched, such as `/api/v1/plans/:id` */
  find(method: string, route: string | undefined): Contract | undefined {
    return this.#byRoute.get(`${method === 'HEAD' ? 'GET' : method} ${route ?? ''}`);
  }

  /** The methods of a path that does not have this one; undefined when it has, or when there is no such path. */
  methodsOtherThan(method: string, url: string): string[] | undefined {
    const known = this.#paths.filter(({ pattern }) => pattern.test(url));
    if (known.length === 0 || known.some(({ methods }) => methods.has(method))) return undefined;
    return [...new Set(known.flatMap(({ methods }) => [...methods]))];
  }
}

/** A contract's path as the router writes it. */
export const routeOf = (path: string): string => API_ROOT + path.replaceAll(/\{(\w+)\}/g, ':$1');
