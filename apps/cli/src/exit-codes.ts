/** What a script may rely on. */
export const EXIT = {
  ok: 0,
  /** something failed that is none of the below */
  failed: 1,
  /** the command line itself is wrong */
  usage: 2,
  /** not signed in, or the role is not enough */
  denied: 3,
  notFound: 4,
  /** it does not fit the present state, or a name fits several */
  conflict: 5,
  /** the service, or something it needs, is away */
  unavailable: 6,
  /** --timeout is over */
  timeout: 7,
  /** with --dry-run or a check: there are differences, or findings */
  differs: 10,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure told in one or two sentences. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: string,
    readonly code: ExitCode,
    readonly advice?: string,
  ) {
    super(message);
  }
}
