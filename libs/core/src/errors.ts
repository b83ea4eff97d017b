/**
 * The closed set of failures inside the services. An adapter translates every foreign error into one of these at its
 * edge. `retryable` says whether the same attempt may succeed later without anybody changing anything.
 */
export const ERRORS = {
  UNREADABLE_EVENT: {
    retryable: false,
    advice: 'Look at the record on the dead-letter page; its producer wrote something this version cannot read.',
  },
  UNKNOWN_EVENT_VERSION: { retryable: false, advice: 'Upgrade this service, or stop the newer producer.' },
  BUS_UNAVAILABLE: { retryable: true, advice: 'Check that the Kafka brokers named by KAFKA_BROKERS are reachable.' },
  BUS_RECORD_REFUSED: {
    retryable: false,
    advice: 'The broker refuses the record; compare its size with max.message.bytes of the topic.',
  },
  DATABASE_UNAVAILABLE: { retryable: true, advice: 'Check that the database named by DATABASE_URL is reachable.' },
  DATABASE_TOO_NEW: {
    retryable: false,
    advice: 'Start the version that made the change named in the message, or a later one.',
  },
  DATABASE_CONFLICT: { retryable: true, advice: 'Two transactions met; the attempt is repeated by itself.' },
  DATABASE_VALUE_REFUSED: {
    retryable: false,
    advice: 'The database cannot store a value of the record; look at the record on the dead-letter page.',
  },
  REDIS_UNAVAILABLE: {
    retryable: true,
    advice: 'Check that the Redis named by REDIS_URL is reachable. Nothing is written to groups until it is.',
  },
  LEASE_LOST: { retryable: true, advice: 'Another writer has taken over the target; nothing needs to be done.' },
  SOURCE_UNAVAILABLE: {
    retryable: true,
    advice: 'Check that the AdminService named by ADMINSERVICE_URL is reachable and answers.',
  },
  SOURCE_SIGN_IN_REFUSED: {
    retryable: true,
    advice: 'Check ADMINSERVICE_AUTH, ADMINSERVICE_SPN, the clock, and the keytab or token.',
  },
  SOURCE_ACCESS_DENIED: {
    retryable: true,
    advice:
      'Make the account a Configuration Manager administrative user and a member of the local group SMS Admins of the SMS Provider, and check that ADMINSERVICE_URL names the server of the SMS Provider: others answer 404 to everything.',
  },
  SOURCE_ANSWER_UNREADABLE: {
    retryable: true,
    advice: 'The AdminService answered with something that is not its JSON; look at its adminservice.log.',
  },
  SOURCE_REQUEST_REFUSED: {
    retryable: false,
    advice: 'The AdminService refuses the request; its version may lack the class or filter named in the message.',
  },
  GRAPH_UNAVAILABLE: {
    retryable: true,
    advice: 'Microsoft Graph does not answer; check the network and the service health page of the tenant.',
  },
  GRAPH_THROTTLED: { retryable: true, advice: 'Microsoft Graph asks to slow down; the writer waits by itself.' },
  GRAPH_SIGN_IN_REFUSED: {
    retryable: true,
    advice: 'Check the credential of the tenant: client id, secret or certificate expiry, federated token.',
  },
  GRAPH_PERMISSION_MISSING: {
    retryable: true,
    advice: 'Grant the application the permission named in the message and consent to it.',
  },
  GRAPH_DELTA_EXPIRED: { retryable: true, advice: 'The delta token is too old; the directory is read anew by itself.' },
  GRAPH_LISTING_DOUBTED: {
    retryable: true,
    advice:
      'Nobody is taken as gone; the directory is listed again, and a loss that two listings agree on is believed. Check in Entra ID whether so many objects were deleted.',
  },
  GRAPH_LISTING_INCOMPLETE: {
    retryable: true,
    advice:
      'These rows are left out, and nobody is taken as gone for not being listed; the directory is listed again every hour.',
  },
  GRAPH_REQUEST_REFUSED: { retryable: false, advice: 'Microsoft Graph refuses the request; the message says why.' },
  SHUTTING_DOWN: { retryable: true, advice: 'The process is stopping; another one takes over.' },
  INTERNAL: { retryable: false, advice: 'This is a defect; report it with the log lines around it.' },
} as const satisfies Record<string, { retryable: boolean; advice: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** What happened (`message`), what kind it is (`code`), what to do (`advice`) and whether trying again can help. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown; retryAfterMs?: number },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options?.retryAfterMs;
  }

  /** How long the other side asked to wait, if it said so. */
  readonly retryAfterMs: number | undefined;

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }

  get advice(): string {
    return ERRORS[this.code].advice;
  }
}

/** Total: a foreign error is an INTERNAL one, never a new exception. */
export const asAppError = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError('INTERNAL', error instanceof Error ? error.message : String(error), { cause: error });
