import { plural, type Kind } from './kinds.js';

/** What a full pass has shown, beside what the mirror held. */
export interface PassCounts {
  /** a pass before this one was completed: members are resolved from the mirror */
  readonly ready: boolean;
  /** a pass before this one was doubted */
  readonly doubtedBefore: boolean;
  readonly present: number;
  readonly shown: number;
  /** not shown, although the pass that was doubted had shown it, if there was one */
  readonly missing: number;
}

const MISSING_OBJECTS = 10;
const MISSING_SHARE = 0.1;

/**
 * Why a full pass is not believed; undefined when it is. A loss that two passes agree on is believed, a directory without one object only
 * where there never was one.
 */
export const doubtPass = (kind: Kind, counts: PassCounts): string | undefined => {
  const { ready, doubtedBefore, present, shown, missing } = counts;
  if (shown === 0 && (present > 0 || !doubtedBefore)) return `Microsoft Graph listed no ${plural(kind)} at all.`;
  if (!ready || missing <= Math.max(MISSING_OBJECTS, present * MISSING_SHARE)) return undefined;
  return `Microsoft Graph listed ${shown} ${plural(kind)}; ${missing} of the ${present} in the mirror were missing.`;
};
