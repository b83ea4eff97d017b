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
  readonly failed: number;
  /** the group as a whole was refused by the last run (gone, dynamic, no permission) */
  readonly groupFailed: boolean;
  /** last check older than three intervals: silence is never green */
  readonly stale: boolean;
}

/** One word for a target, the most urgent truth first. */
export const statusWord = (input: StatusInput): StatusWord => {
  if (input.paused) return 'Paused';
  if (input.held > 0) return 'Held';
  if (input.groupFailed) return 'Failed';
  if (input.stale) return 'Stale';
  if (input.fresh || input.running || input.inProgress > 0) return 'In Progress';
  if (input.failed === 0) return 'Success';
  return input.completed > 0 ? 'Partial Success' : 'Failed';
};
