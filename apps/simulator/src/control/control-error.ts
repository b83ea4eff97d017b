/** A control request that cannot be done; the message says what to send instead. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const notFound = (what: string) => new ControlError(404, `${what} does not exist.`);
