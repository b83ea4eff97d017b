import { randomUUID } from 'node:crypto';
import type { Context } from '@microsoft/microsoft-graph-client';

/** What our middlewares know of a request beyond the SDK's own fields. */
export class Call {
  readonly clientRequestId = randomUUID();
  /** the token it was sent with */
  token: string | undefined;
  /** what stopped it: the SDK keeps only the message of an error */
  failure: unknown;

  constructor(
    /** exact address: the SDK takes links apart and puts them together in another order */
    readonly url: string,
    /** instant of `performance.now()` after which it must not be sent any more */
    readonly deadlineAt: number,
  ) {}
}

export const callOf = (context: Context): Call => {
  const call = context.middlewareControl?.getMiddlewareOptions(Call);
  if (!(call instanceof Call)) throw new Error('a Graph request was made outside GraphClient');
  return call;
};
