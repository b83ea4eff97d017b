import type { Simulation } from '../simulation.js';
import { refuse } from './graph-error.js';
import type { GraphCall } from './graph-call.js';

/** Where a listing goes on; travels in an opaque token that names the listing it belongs to. */
export interface PageState {
  /** The listing: path and options, so that a token is good for its own link only. */
  of: string;
  /** The last row that was sent. */
  after: number;
  page: number;
  /** The page before was an empty one. */
  pausing?: boolean;
  /** When the token was given. */
  at?: number;
  /** The moment as of which a consistent listing reads. */
  asOf?: number;
}

export function pageSize(call: GraphCall, standard: number, most: number): number {
  const text = call.query.get('$top');
  if (text === null) return standard;
  const top = Number(text);
  if (!Number.isInteger(top) || top < 1)
    throw refuse.badRequest(`Invalid value '${text}' for $top query option found.`, 'BadRequest');
  if (top > most)
    throw refuse.unsupported(`Invalid page size specified: '${top}'. Must be between 1 and ${most} inclusive.`);
  return top;
}

/** Tokens whose page was fetched twice, and tokens that died with them. */
export class PageTokens {
  readonly #used = new Set<string>();
  readonly #dead = new Set<string>();
  #serial = 0;

  constructor(private readonly sim: Simulation) {}

  read(call: GraphCall): { state: PageState | undefined; retried: boolean } {
    const token = call.query.get('$skiptoken');
    if (token === null) return { state: undefined, retried: false };
    if (this.#dead.has(token)) {
      throw expired();
    }
    const state = decode<PageState>(token);
    if (state?.of !== scopeOf(call))
      throw refuse.badRequest('The specified page token is invalid.', 'Directory_InvalidPageToken');
    const { pageTokenMs } = this.sim.graph;
    if (pageTokenMs > 0 && this.sim.clock.now() - (state.at ?? 0) > pageTokenMs) throw expired();
    const retried = this.#used.has(token);
    if (this.sim.graph.pageTokenFault) this.#used.add(token);
    return { state, retried };
  }

  /** The link behind an empty page, where one shall stand in the middle of the listing. */
  pause(call: GraphCall, state: PageState | undefined): string | undefined {
    const { emptyPages } = this.sim.graph;
    if (!state || state.pausing || emptyPages === 0 || state.page % emptyPages !== 0) return undefined;
    return this.link(call, { ...state, pausing: true }, false);
  }

  /** The absolute link to the rows after `after`. */
  link(call: GraphCall, state: Omit<PageState, 'of'>, retried: boolean): string {
    this.#serial += 1;
    const token = encode({ ...state, of: scopeOf(call), at: this.sim.clock.now(), n: this.#serial });
    if (retried && this.sim.graph.pageTokenFault) this.#dead.add(token);
    return linkTo(call, '$skiptoken', token);
  }
}

const expired = () => refuse.badRequest('The specified page token value has expired.', 'Directory_ExpiredPageToken');

/** An absolute link to the same listing with its options kept and one token set. */
function linkTo(call: GraphCall, name: string, token: string): string {
  const options = [...call.query].filter(([key]) => key !== '$skiptoken');
  const shown = options.map(
    ([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%24', '$')}`,
  );
  return `${call.root}/${call.version}${call.path}?${[...shown, `${name}=${token}`].join('&')}`;
}

function scopeOf(call: GraphCall): string {
  const options = [...call.query].filter(([key]) => key !== '$skiptoken').map(([key, value]) => `${key}=${value}`);
  return `${call.path.toLowerCase()}?${options.sort().join('&')}`;
}

export function encode(state: object): string {
  return Buffer.from(JSON.stringify(state)).toString('base64url');
}

export function decode<T>(token: string): T | undefined {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as T;
  } catch {
    return undefined;
  }
}
