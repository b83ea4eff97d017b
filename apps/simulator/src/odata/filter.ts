export type Value = string | number | boolean | null;

export type Filter =
  | { kind: 'compare'; op: 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'; property: string; value: Value }
  | { kind: 'call'; name: 'startswith' | 'endswith' | 'contains'; property: string; value: string }
  | { kind: 'in'; property: string; values: Value[] }
  | { kind: 'any'; property: string; filter: Filter }
  | { kind: 'not'; filter: Filter }
  | { kind: 'and' | 'or'; left: Filter; right: Filter };

/** A `$filter` that is not OData. */
export class FilterError extends Error {}

interface Token {
  type: 'text' | 'number' | 'word' | 'sign' | 'end';
  text: string;
  at: number;
}

const PATTERN =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<number>-?\d+(?:\.\d+)?(?![\w:-]))|(?<word>[\w@./$-]+(?::[\d:.]+Z?)?)|(?<sign>[(),:]))/y;

function tokens(input: string): Token[] {
  const list: Token[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < input.length && input.slice(PATTERN.lastIndex).trim() !== '') {
    const at = PATTERN.lastIndex;
    const match = PATTERN.exec(input);
    if (!match?.groups) throw new FilterError(`Syntax error at position ${at} in '${input}'.`);
    const type = (['text', 'number', 'word', 'sign'] as const).find((name) => match.groups![name] !== undefined)!;
    list.push({ type, text: match.groups[type]!, at });
  }
  list.push({ type: 'end', text: '', at: input.length });
  return list;
}

/** Parses an OData v4 `$filter`: comparisons, and, or, not, parentheses, in, startswith, endswith, contains, any. */
export function parseFilter(input: string): Filter {
  const parser = new Parser(tokens(input), input);
  const filter = parser.or();
  parser.expect('end', '');
  return filter;
}

const FUNCTIONS = ['startswith', 'endswith', 'contains'] as const;
const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;

class Parser {
  #next = 0;

  constructor(
    private readonly list: Token[],
    private readonly input: string,
  ) {}

  or(): Filter {
    let left = this.#and();
    while (this.#word('or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  expect(type: Token['type'], text: string): Token {
    const token = this.list[this.#next]!;
    if (token.type !== type || (text !== '' && token.text !== text)) {
      throw new FilterError(`Syntax error at position ${token.at} in '${this.input}'.`);
    }
    this.#next += 1;
    return token;
  }

  #and(): Filter {
    let left = this.#unary();
    while (this.#word('and')) left = { kind: 'and', left, right: this.#unary() };
    return left;
  }

  #unary(): Filter {
    if (this.#word('not')) return { kind: 'not', filter: this.#unary() };
    if (this.#sign('(')) {
      const inner = this.or();
      this.expect('sign', ')');
      return inner;
    }
    return this.#predicate();
  }

  #predicate(): Filter {
    const token = this.expect('word', '');
    const name = FUNCTIONS.find((f) => f === token.text.toLowerCase());
    if (name && this.#sign('(')) return this.#call(name);
    if (token.text.endsWith('/any') && this.#sign('(')) return this.#any(token.text.slice(0, -4));
    if (this.#word('in')) return { kind: 'in', property: token.text, values: this.#list() };
    const op = OPERATORS.find((candidate) => this.#word(candidate));
    if (!op) throw new FilterError(`Syntax error at position ${token.at} in '${this.input}'.`);
    return { kind: 'compare', op, property: token.text, value: this.#value() };
  }

  #call(name: (typeof FUNCTIONS)[number]): Filter {
    const property = this.expect('word', '').text;
    this.expect('sign', ',');
    const value = this.#value();
    this.expect('sign', ')');
    if (typeof value !== 'string') throw new FilterError(`The function '${name}' needs a string in '${this.input}'.`);
    const call: Filter = { kind: 'call', name, property, value };
    if (!this.#word('eq')) return call;
    return this.#value() === false ? { kind: 'not', filter: call } : call;
  }

  #any(property: string): Filter {
    const variable = this.expect('word', '').text;
    this.expect('sign', ':');
    const filter = this.or();
    this.expect('sign', ')');
    return { kind: 'any', property, filter: renamed(filter, variable) };
  }

  #list(): Value[] {
    this.expect('sign', '(');
    const values = [this.#value()];
    while (this.#sign(',')) values.push(this.#value());
    this.expect('sign', ')');
    return values;
  }

  #value(): Value {
    const token = this.list[this.#next]!;
    this.#next += 1;
    if (token.type === 'text') return token.text.slice(1, -1).replaceAll("''", "'");
    if (token.type === 'number') return Number(token.text);
    if (token.type !== 'word') throw new FilterError(`Syntax error at position ${token.at} in '${this.input}'.`);
    if (token.text === 'true') return true;
    if (token.text === 'false') return false;
    return token.text === 'null' ? null : token.text;
  }

  #word(text: string): boolean {
    const token = this.list[this.#next]!;
    if (token.type !== 'word' || token.text.toLowerCase() !== text) return false;
    this.#next += 1;
    return true;
  }

  #sign(text: string): boolean {
    const token = this.list[this.#next]!;
    if (token.type !== 'sign' || token.text !== text) return false;
    this.#next += 1;
    return true;
  }
}

/** Inside `any` the range variable stands for the element itself: it becomes the property `$it`. */
function renamed(filter: Filter, variable: string): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, left: renamed(filter.left, variable), right: renamed(filter.right, variable) };
    case 'not':
      return { ...filter, filter: renamed(filter.filter, variable) };
    default:
      return filter.property === variable ? { ...filter, property: '$it' } : filter;
  }
}

/** Whether a row passes. Strings compare without case, as both products do; a comparison with null is only true for eq and ne. */
export function matches(filter: Filter, read: (property: string) => unknown): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, read) && matches(filter.right, read);
    case 'or':
      return matches(filter.left, read) || matches(filter.right, read);
    case 'not':
      return !matches(filter.filter, read);
    case 'in':
      return filter.values.some((value) => compare('eq', read(filter.property), value));
    case 'compare':
      return compare(filter.op, read(filter.property), filter.value);
    case 'any': {
      const items = read(filter.property);
      return (
        Array.isArray(items) && items.some((item) => matches(filter.filter, (p) => (p === '$it' ? item : undefined)))
      );
    }
    case 'call': {
      const text = read(filter.property);
      if (typeof text !== 'string') return false;
      const has = text.toLowerCase();
      const want = filter.value.toLowerCase();
      if (filter.name === 'startswith') return has.startsWith(want);
      return filter.name === 'endswith' ? has.endsWith(want) : has.includes(want);
    }
  }
}

function compare(op: string, left: unknown, right: Value): boolean {
  const a = normal(left);
  const b = normal(right);
  if (op === 'eq') return a === b;
  if (op === 'ne') return a !== b;
  if (a === null || b === null || typeof a !== typeof b) return false;
  if (op === 'gt') return a > b;
  if (op === 'ge') return a >= b;
  return op === 'lt' ? a < b : a <= b;
}

function normal(value: unknown): string | number | boolean | null {
  if (typeof value === 'string') return value.toLowerCase();
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Every property that a filter names. */
export function propertiesOf(filter: Filter): string[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [...propertiesOf(filter.left), ...propertiesOf(filter.right)];
    case 'not':
      return propertiesOf(filter.filter);
    default:
      return [filter.property];
  }
}

/** How many clauses are joined by `or`, or listed by `in`. */
export function alternatives(filter: Filter): number {
  switch (filter.kind) {
    case 'or':
      return alternatives(filter.left) + alternatives(filter.right);
    case 'and':
      return Math.max(alternatives(filter.left), alternatives(filter.right));
    case 'not':
      return alternatives(filter.filter);
    case 'in':
      return filter.values.length;
    default:
      return 1;
  }
}

/** The values that a property must have one of, if the filter says so at its top level. */
export function requiredValues(filter: Filter | undefined, property: string): Value[] | undefined {
  if (!filter) return undefined;
  switch (filter.kind) {
    case 'and':
      return requiredValues(filter.left, property) ?? requiredValues(filter.right, property);
    case 'or': {
      const left = requiredValues(filter.left, property);
      const right = requiredValues(filter.right, property);
      return left && right ? [...left, ...right] : undefined;
    }
    case 'in':
      return filter.property === property ? filter.values : undefined;
    case 'compare':
      return filter.property === property && filter.op === 'eq' ? [filter.value] : undefined;
    default:
      return undefined;
  }
}

/** The number that a property must exceed, if the filter says so at its top level; otherwise 0. */
export function lowerBound(filter: Filter | undefined, property: string): number {
  if (filter?.kind === 'and') return Math.max(lowerBound(filter.left, property), lowerBound(filter.right, property));
  if (filter?.kind !== 'compare' || filter.property !== property || typeof filter.value !== 'number') return 0;
  if (filter.op === 'gt') return filter.value;
  return filter.op === 'ge' ? filter.value - 1 : 0;
}
