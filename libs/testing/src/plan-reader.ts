/** What of a database the reader needs; a pool or a transaction. */
interface Statements {
  query(text: string, params?: unknown[]): Promise<unknown[]>;
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  Plans?: PlanNode[];
}

export interface Plan {
  readonly statement: string;
  /** tables that it reads from end to end */
  readonly scanned: readonly string[];
  /** indexes that it looks into */
  readonly indexes: readonly string[];
}

const EXPLAINABLE = /^\s*(select|with|insert|update|delete)\b/i;

/** Lends a database or transaction that has each statement's plan told before it is executed, for tests that look at plans, not at clocks. */
export class PlanReader {
  readonly plans: Plan[] = [];

  /** Statements that read one of the tables from end to end. */
  scansOf(tables: readonly string[]): string[] {
    return this.plans
      .filter(({ scanned }) => scanned.some((table) => tables.includes(table)))
      .map(({ statement, scanned }) => `${scanned.join(', ')}: ${statement}`);
  }

  reading<T extends object>(real: T): T {
    return new Proxy(real, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...given: unknown[]) => unknown;
        if (name === 'query' || name === 'execute') {
          return async (text: string, params?: unknown[]) => {
            await this.#explain(target as unknown as Statements, text, params);
            return method(text, params);
          };
        }
        if (name === 'transaction') {
          return (work: (tx: object) => unknown) => method((tx: object) => work(this.reading(tx)));
        }
        return method;
      },
    });
  }

  async #explain(on: Statements, text: string, params?: unknown[]): Promise<void> {
    // of several statements only the first would be explained, and the others executed
    if (!EXPLAINABLE.test(text) || text.includes(';')) return;
    const [row] = (await on.query(`explain (format json) ${text}`, params)) as { 'QUERY PLAN': [{ Plan: PlanNode }] }[];
    if (!row) return;
    const nodes = nodesOf(row['QUERY PLAN'][0].Plan);
    this.plans.push({
      statement: text.replace(/\s+/g, ' ').trim(),
      scanned: nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : [])),
      indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    });
  }
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
