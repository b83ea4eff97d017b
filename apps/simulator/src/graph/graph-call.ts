import type { Call } from '../http/answer.js';

/** Who asks: an application in a tenant with its application permissions. */
export interface Principal {
  appId: string;
  tenantId: string;
  roles: ReadonlySet<string> | 'all';
  /** Object id of the application's service principal, for ownership. */
  objectId?: string;
}

/** A single Graph request: a whole one or a part of a batch. `path` is below the version. */
export interface GraphCall extends Call {
  version: 'v1.0' | 'beta';
  principal: Principal;
  /** Set for parts. */
  part?: { id: string; batch: number };
}

/** Advanced queries need this header together with `$count=true`. */
export function isAdvanced(call: GraphCall): boolean {
  return call.headers['consistencylevel']?.toLowerCase() === 'eventual' && call.query.get('$count') === 'true';
}
