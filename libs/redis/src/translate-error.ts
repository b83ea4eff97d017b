import { AppError } from '@collection-sync/core';

/** Replies that mean: this server cannot serve us now. https://redis.io/docs/latest/develop/reference/protocol-spec/ */
const UNAVAILABLE_REPLIES: ReadonlyMap<string, string> = new Map([
  ['BUSY', 'a script keeps it busy'],
  ['CLUSTERDOWN', 'the cluster is down'],
  ['LOADING', 'it loads its data'],
  ['MASTERDOWN', 'its primary is down'],
  ['MOVED', 'it is a cluster, set REDIS_CLUSTER=true'],
  ['MISCONF', 'it cannot store its data'],
  ['NOAUTH', 'it wants a password'],
  ['NOPERM', 'its ACL does not allow this user the command or key'],
  ['OOM', 'its memory is full'],
  ['READONLY', 'it is a replica'],
  ['TRYAGAIN', 'keys are being moved'],
  ['WRONGPASS', 'it refuses user or password'],
]);

const unavailable = (why: string, cause: unknown): AppError =>
  new AppError('REDIS_UNAVAILABLE', `Redis does not answer: ${why}.`, { cause });

/** REDIS_UNAVAILABLE for everything but an answer of Redis that names a mistake of ours; that is kept as it is. */
export const translateError = (error: unknown): unknown => {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return unavailable(String(error), error);
  if (error.name !== 'ReplyError') return unavailable(error.message, error);
  const word = error.message.split(' ', 1)[0] ?? '';
  const why = UNAVAILABLE_REPLIES.get(word);
  return why ? unavailable(`${why} (${word})`, error) : error;
};
