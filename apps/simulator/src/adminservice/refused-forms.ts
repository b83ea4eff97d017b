import type { Filter } from '../odata/filter.js';
import type { Simulation } from '../simulation.js';
import type { Answer } from '../http/answer.js';
import { error, json } from './answers.js';
import type { Query } from './query.js';

type Form = Simulation['adminService']['odata.refuse'][number];

/** The answer to a question in a form that the site is told to refuse: an error, or a list without rows. */
export function refusedForm(sim: Simulation, query: Query): Answer | undefined {
  const { 'odata.refuse': refused, 'odata.refuseWith': how } = sim.adminService;
  const asked = new Set<Form>([...formsOf(query.filter), ...(query.orderBy.length > 0 ? ['orderby' as const] : [])]);
  if (!refused.some((form) => asked.has(form))) return undefined;
  if (how === 'empty') return json({ value: [] });
  return error(Number(how), 'No HTTP resource was found that matches the request.');
}

const COMPARISONS = new Set(['gt', 'ge', 'lt', 'le']);

function formsOf(filter: Filter | undefined): Form[] {
  switch (filter?.kind) {
    case 'or': {
      const strings = [...textsOf(filter.left), ...textsOf(filter.right)].length > 0;
      return ['or', ...(strings ? ['stringOr' as const] : []), ...formsOf(filter.left), ...formsOf(filter.right)];
    }
    case 'and':
      return [...formsOf(filter.left), ...formsOf(filter.right)];
    case 'not':
    case 'any':
      return formsOf(filter.filter);
    case 'compare': {
      const text = typeof filter.value === 'string';
      const compares = COMPARISONS.has(filter.op);
      return [
        ...(compares ? ['compare' as const] : []),
        ...(compares && text ? ['stringCompare' as const] : []),
        ...(text && String(filter.value).includes('\\') ? ['stringOr' as const] : []),
      ];
    }
    default:
      return [];
  }
}

/** The texts that a filter names. */
function textsOf(filter: Filter): string[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [...textsOf(filter.left), ...textsOf(filter.right)];
    case 'not':
    case 'any':
      return textsOf(filter.filter);
    case 'in':
      return filter.values.filter((value) => typeof value === 'string');
    default:
      return typeof filter.value === 'string' ? [filter.value] : [];
  }
}
