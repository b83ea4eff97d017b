import { unreadable } from '../report/describe-directory.js';
import { plural, type Kind } from '../store/kinds.js';
import type { PassCounts } from '../store/objects.js';

const MISSING_OBJECTS = 10;
const MISSING_SHARE = 0.1;

/**
 * Why a full pass is not believed; undefined when it is. A loss that two passes agree on is believed, a directory without one object only
 * where there never was one. A first pass with rows left out is repeated once: a row that stays unreadable stops nobody else.
 */
export const doubtPass = (kind: Kind, counts: PassCounts): string | undefined => {
  const { ready, doubtedBefore, present, listed, missing, leftOut } = counts;
  if (listed === 0 && (present > 0 || !doubtedBefore)) return `Microsoft Graph listed no ${plural(kind)} at all.`;
  if (!ready && !doubtedBefore && leftOut > 0) return unreadable(kind, leftOut);
  if (!ready || missing <= Math.max(MISSING_OBJECTS, present * MISSING_SHARE)) return undefined;
  return `Microsoft Graph listed ${listed} ${plural(kind)}; ${missing} of the ${present} in the mirror were missing.`;
};
