import { FilterError, parseFilter, propertiesOf, type Filter } from '../odata/filter.js';
import type { Simulation } from '../simulation.js';
import type { WmiClass } from './wmi-class.js';

export interface Query {
  select: string[] | undefined;
  filter: Filter | undefined;
  filterText: string;
  top: number | undefined;
  skip: number;
  orderBy: { property: string; descending: boolean }[];
  count: boolean;
}

/** A request that the AdminService refuses with 400. */
export class BadQuery extends Error {}

const OPTIONS = new Set(['$filter', '$select', '$top', '$skip', '$orderby', '$count', '$skiptoken']);

/** Reads and checks the OData options of a request against a class. */
export function readQuery(sim: Simulation, params: URLSearchParams, wmi: WmiClass<never>): Query {
  const strict = sim.adminService['odata.propertyCase'] === 'strict';
  for (const name of params.keys()) {
    if (name.startsWith('$') && !OPTIONS.has(name)) throw new BadQuery(`The query option '${name}' is not supported.`);
  }
  const filterText = params.get('$filter') ?? '';
  return {
    select: list(params.get('$select'))?.map((name) => known(wmi, name, strict)),
    filter: filterText === '' ? undefined : checkedFilter(filterText, wmi, strict),
    filterText,
    top: number(params, '$top'),
    skip: number(params, '$skip') ?? number(params, '$skiptoken') ?? 0,
    orderBy: (list(params.get('$orderby')) ?? []).map((term) => {
      const [name, direction] = term.split(/\s+/);
      return { property: known(wmi, name ?? '', strict), descending: direction === 'desc' };
    }),
    count: params.get('$count') === 'true',
  };
}

function list(text: string | null): string[] | undefined {
  if (text === null || text.trim() === '') return undefined;
  return text.split(',').map((item) => item.trim());
}

function number(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) throw new BadQuery(`Invalid value '${text}' for ${name} query option found.`);
  return Number(text);
}

/** Tools in use spell names as they like; where case counts, the resource key alone is accepted in both spellings. */
function known(wmi: WmiClass<never>, name: string, strict = false): string {
  if (Object.hasOwn(wmi.properties, name)) return name;
  const tolerant = !strict || name.toLowerCase() === 'resourceid';
  const found = tolerant && Object.keys(wmi.properties).find((known) => known.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new BadQuery(`Could not find a property named '${name}' on type 'AdminService.${wmi.name}'.`);
}

function checkedFilter(text: string, wmi: WmiClass<never>, strict: boolean): Filter {
  try {
    const filter = canonical(parseFilter(text), wmi, strict);
    for (const property of propertiesOf(filter)) known(wmi, property);
    return filter;
  } catch (error) {
    if (error instanceof FilterError) throw new BadQuery(error.message);
    throw error;
  }
}

/** Spells property names as the class does, and refuses what OData 4.0 does not have. */
function canonical(filter: Filter, wmi: WmiClass<never>, strict: boolean): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, left: canonical(filter.left, wmi, strict), right: canonical(filter.right, wmi, strict) };
    case 'not':
      return { ...filter, filter: canonical(filter.filter, wmi, strict) };
    case 'in':
      throw new BadQuery("The operator 'in' is not supported.");
    default:
      return { ...filter, property: known(wmi, filter.property, strict) };
  }
}

/** Some classes refuse to project properties that only a keyed GET can fill. */
export function rejectLazy(sim: Simulation, wmi: WmiClass<never>, select: string[] | undefined): void {
  if (sim.adminService['shape.lazySelect'] === 'accept') return;
  const lazy = select?.find((name) => wmi.lazy.includes(known(wmi, name)));
  if (lazy) throw new BadQuery(`The property '${lazy}' is lazy and cannot be selected.`);
}
