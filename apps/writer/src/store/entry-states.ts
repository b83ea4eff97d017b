/**
 * An entry is what the ledger knows of one object of one group. Its state is made of these facts; whatever else is said of an entry is one of
 * the predicates below, and nowhere written again.
 *
 * - `wanted`: a resource of the collection resolves to it. Changed by a merge and by a deletion with its members.
 * - `applied`: the last conclusive word, an answer to a call of ours or a listing, was that it is in the group. Changed by both.
 * - `unconfirmed`: a later call may have done something that its answer did not tell; it is asked again. Set when an answer is missing or says
 *   "later", when the desired state changes during a call, when a listing contradicts a call of ours; cleared by a conclusive answer.
 * - `delete_unanswered`: a DELETE of it was about to be sent and nothing since says whether it is there. Set with the call's row; cleared by a
 *   conclusive answer, or by the second look where a frozen writer may still land that DELETE.
 * - `plan`: held by an open plan, or kept since its plan was rejected or has expired, or kept for good. Set by the guard; cleared by an approval,
 *   by being wanted again and, unless it is kept for good, by a full run that plans it anew.
 * - `approved`: an operator approved its removal. Cleared when it is gone or wanted again.
 * - `retry_at`: it failed, and is left alone until then.
 */
export interface EntryState {
  readonly name: string;
  readonly wanted: boolean;
  readonly applied: boolean;
  readonly unconfirmed: boolean;
  /** known to be in the group: counts in its size */
  readonly member: boolean;
  /** a member that stays, if no DELETE of it is without an answer */
  readonly stays: boolean;
  /** its removal is to come or may be under way: counts, unless approved, held or kept */
  readonly removal: boolean;
}

/** What cannot be known counts against removal, never for it. */
export const ENTRY_STATES: readonly EntryState[] = [
  { name: 'in place', wanted: true, applied: true, unconfirmed: false, member: true, stays: true, removal: false },
  {
    name: 'to be confirmed',
    wanted: true,
    applied: true,
    unconfirmed: true,
    member: true,
    stays: false,
    removal: false,
  },
  {
    name: 'to be added',
    wanted: true,
    applied: false,
    unconfirmed: false,
    member: false,
    stays: false,
    removal: false,
  },
  {
    name: 'perhaps added',
    wanted: true,
    applied: false,
    unconfirmed: true,
    member: false,
    stays: false,
    removal: false,
  },
  {
    name: 'to be removed',
    wanted: false,
    applied: true,
    unconfirmed: false,
    member: true,
    stays: false,
    removal: true,
  },
  {
    name: 'perhaps removed',
    wanted: false,
    applied: true,
    unconfirmed: true,
    member: true,
    stays: false,
    removal: true,
  },
  {
    name: 'perhaps there',
    wanted: false,
    applied: false,
    unconfirmed: true,
    member: false,
    stays: false,
    removal: true,
  },
  { name: 'gone', wanted: false, applied: false, unconfirmed: false, member: false, stays: false, removal: false },
];

/** Not as it is wanted, and nobody has to decide first. */
export const unsettled = (e = 'entry'): string =>
  `(${e}.wanted <> ${e}.applied or ${e}.unconfirmed) and ${e}.plan is null`;

/** There is something to send for it now. The partial index `entry_pending` is on these. */
export const pending = (e = 'entry'): string => `${unsettled(e)} and ${e}.retry_at is null`;

/** In the group, or perhaps. */
export const perhapsThere = (e = 'entry'): string => `(${e}.applied or ${e}.unconfirmed)`;

/** In the group, by the answer that was asked for last. */
export const confirmed = (e = 'entry'): string => `(${e}.applied and not ${e}.unconfirmed)`;

/** Known to be in the group: one whose DELETE has no answer is there, or left just now. */
export const member = (e = 'entry'): string => `${e}.applied`;

/** Stays when every removal is done; `p` is its plan. What was rejected, has expired or is kept stays. */
export const stays = (e: string, p: string): string =>
  `${confirmed(e)} and not ${e}.delete_unanswered and (${e}.wanted or ${p}.state in ('rejected', 'expired', 'kept'))`;

/** A DELETE of a member that has no answer, also if it is wanted again or held meanwhile. */
export const removalUnderWay = (e = 'entry'): string => `(${e}.applied and ${e}.delete_unanswered)`;

/** Removals without approval, to come or under way; what has left is a departure instead. */
export const unapprovedRemoval = (e = 'entry'): string =>
  `not ${e}.approved and (${removalUnderWay(e)} or (not ${e}.wanted and ${perhapsThere(e)} and ${e}.plan is null))`;

/** Neither wanted nor there. */
export const gone = (e = 'entry'): string => `not ${e}.wanted and not ${perhapsThere(e)}`;

/** A departure that the guard still counts; `d` is its row. */
export const leftLately = (d: string): string => `${d}.at > clock_timestamp() - interval '24 h'`;
