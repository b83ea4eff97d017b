import { alternatives, FilterError, parseFilter, propertiesOf, type Filter } from '../odata/filter.js';
import type { Simulation } from '../simulation.js';
import type { Kind } from '../world/directory.js';
import { isAdvanced, type GraphCall } from './graph-call.js';
import { refuse } from './graph-error.js';
import { hasProperty } from './object-shape.js';

/** Properties that can be filtered without the advanced-query header, with the operators they support. */
const FILTERABLE: Record<string, Record<string, string[]>> = {
  device: {
    id: ['eq', 'in'],
    deviceId: ['eq', 'startswith'],
    displayName: ['eq', 'in', 'startswith'],
    accountEnabled: ['eq'],
    operatingSystem: ['eq', 'startswith'],
    trustType: ['eq'],
  },
  user: {
    id: ['eq', 'in'],
    userPrincipalName: ['eq', 'in', 'startswith'],
    displayName: ['eq', 'in', 'startswith'],
    mail: ['eq', 'in', 'startswith'],
    accountEnabled: ['eq'],
    onPremisesSecurityIdentifier: ['eq'],
    onPremisesImmutableId: ['eq', 'in', 'ge', 'le'],
    onPremisesSyncEnabled: ['eq'],
    userType: ['eq', 'in'],
  },
  group: {
    id: ['eq', 'in'],
    displayName: ['eq', 'in', 'startswith'],
    mailNickname: ['eq', 'in', 'startswith'],
    mail: ['eq', 'in', 'startswith'],
    securityEnabled: ['eq', 'in'],
    mailEnabled: ['eq', 'in'],
    groupTypes: ['any'],
    isAssignableToRole: ['eq'],
    onPremisesSyncEnabled: ['eq'],
  },
  servicePrincipal: { id: ['eq', 'in'], appId: ['eq', 'in'], displayName: ['eq', 'in', 'startswith'] },
};

/** Never allowed, not even in advanced queries. */
const REFUSED: Record<string, string[]> = {
  deviceId: ['in'],
  onPremisesSecurityIdentifier: ['in', 'startswith', 'ne'],
};

/** Seen in microsoftgraph/microsoft-graph-docs-contrib#1238. */
const MOST_CLAUSES = 15;
/** How long a URL with more clauses than the limit may be outside of a batch. Seen with advanced queries. */
const LONGEST_ADVANCED_URL = 2048;

function urlLength(call: GraphCall): number {
  return call.root.length + call.version.length + call.path.length + call.query.toString().length;
}

/** The `$filter` of a listing of one kind, refused where Graph would refuse it. */
export function checkedFilter(sim: Simulation, call: GraphCall, kind: Kind): Filter | undefined {
  const text = call.query.get('$filter');
  if (text === null) return undefined;
  const filter = parsed(text);
  const unknown = propertiesOf(filter).find((property) => !hasProperty(kind, property));
  if (unknown) {
    throw refuse.badRequest(
      `Could not find a property named '${unknown}' on type 'microsoft.graph.${kind}'.`,
      'BadRequest',
    );
  }
  const clauses = alternatives(filter);
  const limit = MOST_CLAUSES;
  if (clauses > limit && !isAdvanced(call)) {
    throw refuse.unsupported(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${clauses}. Max allowed: ${limit}.`,
    );
  }
  if (clauses > limit && !call.part && urlLength(call) > LONGEST_ADVANCED_URL) {
    throw refuse.badRequest('The request URI is too long.', 'RequestUriTooLong');
  }
  checkOperators(sim, filter, kind, isAdvanced(call));
  return filter;
}

function parsed(text: string): Filter {
  try {
    return parseFilter(text);
  } catch (error) {
    if (error instanceof FilterError) throw refuse.badRequest(`Invalid filter clause: ${error.message}`, 'BadRequest');
    throw error;
  }
}

function checkOperators(sim: Simulation, filter: Filter, kind: Kind, advanced: boolean): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      checkOperators(sim, filter.left, kind, advanced);
      checkOperators(sim, filter.right, kind, advanced);
      return;
    case 'not':
      if (!advanced)
        throw refuse.unsupported("Operator 'not' is not supported because the required parameters might be missing.");
      checkOperators(sim, filter.filter, kind, advanced);
      return;
    default: {
      const op = filter.kind === 'compare' ? filter.op : filter.kind === 'call' ? filter.name : filter.kind;
      const standard = FILTERABLE[kind]?.[filter.property]?.includes(op) ?? false;
      const never = REFUSED[filter.property]?.includes(op) ?? false;
      if (standard || (advanced && !never)) return;
      throw refuse.unsupported(
        `Unsupported or invalid query filter clause specified for property '${filter.property}' of resource '${kind}'.`,
      );
    }
  }
}
