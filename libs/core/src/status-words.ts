/** Configuration Manager's words for a target, with ours beside them. */
export const STATUS_WORDS = ['Success', 'Partial Success', 'Failed', 'In Progress', 'Held', 'Paused', 'Stale'] as const;
export type StatusWord = (typeof STATUS_WORDS)[number];

export interface StatusInput {
  readonly paused: boolean;
  /** content was merged for the present `activated`, and no run has yet finished with it, or a run is under way */
  readonly running: boolean;
  /** no content was merged yet for the present `activated` */
  readonly fresh: boolean;
  readonly held: number;
  /** members by state, in resources; their sum is the member count */
  readonly completed: number;
  readonly inProgress: number;
  /** no directory record yet: nobody has to act */
  readonly waiting: number;
  readonly failed: number;
  /** an error ended the last run as a whole (sign-in, permission, group gone) */
  readonly stopped: boolean;
  /** what the source last confirmed is too old: silence is never green */
  readonly stale: boolean;
}

/** One word for a target, the most urgent truth first. */
export const statusWord = (input: StatusInput): StatusWord => {
  if (input.paused) return 'Paused';
  if (input.held > 0) return 'Held';
  if (input.stopped) return 'Failed';
  if (input.stale) return 'Stale';
  if (input.fresh || input.running || input.inProgress > 0) return 'In Progress';
  if (input.failed === 0 && input.waiting === 0) return 'Success';
  if (input.completed > 0) return 'Partial Success';
  return input.failed > 0 ? 'Failed' : 'In Progress';
};
