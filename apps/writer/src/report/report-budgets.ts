import {
  applicationOfAccount,
  asAppError,
  encodeEvent,
  TOPICS,
  tenantAccount,
  upstreamKey,
  AppError,
  type Account,
  type BudgetLimits,
  type BudgetState,
} from '@collection-sync/core';
import { costOfMissing, type MeteredClient } from '@collection-sync/graph';
import type { WriterContext } from '../context.js';
import { SERVICE } from '../context.js';
import { lockUpstream, storeUpstream } from '../store/upstreams.js';

const EVERY_MS = 60_000;

/**
 * Tells the write budget of each application once a minute, whether it can sign in, what it does without for want of a permission, and
 * whether the budget can be asked for at all, by whichever replica comes first; that of the tenant as a whole where several applications
 * share it.
 */
export const reportBudgets = async (writer: WriterContext): Promise<void> => {
  for (const tenant of writer.graph.tenants()) {
    const applications = writer.graph.writers(tenant);
    for (const client of applications) {
      const { refused = writer.graph.refusalOf(client.account), lacks } = await examine(client);
      await reportBudget(writer, client.account, { refused, lacks });
    }
    if (applications.length > 1) await reportBudget(writer, tenantAccount(tenant));
  }
};

interface Examined {
  readonly refused?: AppError | undefined;
  /** an optional permission, with what it costs to do without */
  readonly lacks?: AppError | undefined;
}

/** What passes by itself is no refusal. */
const examine = async (client: MeteredClient): Promise<Examined> => {
  try {
    const application = await client.application();
    const cost = application && costOfMissing(application.roles, SERVICE);
    return cost === undefined ? {} : { lacks: new AppError('GRAPH_PERMISSION_MISSING', cost) };
  } catch (error) {
    const failure = asAppError(error);
    return failure.code === 'GRAPH_SIGN_IN_REFUSED' ? { refused: failure } : {};
  }
};

/** The store of the budgets being away is an answer: without it nothing is written. */
const stateOf = async (writer: WriterContext, account: Account): Promise<BudgetState | AppError> => {
  try {
    return await writer.budget.state(account);
  } catch (error) {
    const failure = asAppError(error);
    if (failure.code !== 'REDIS_UNAVAILABLE') throw failure;
    return failure;
  }
};

const figuresOf = (state: BudgetState, limits: BudgetLimits): Record<string, number> => ({
  writes: Math.floor(state.writes),
  writeLimit: Math.round(limits.writes * (1 - limits.reserve)),
  writeWindowMs: limits.writeWindowMs,
  units: Math.floor(state.units),
  patchWeight: state.patchWeight,
  blockedMs: Math.ceil(state.blockedMs),
  throttled: state.throttled,
});

const reasonOf = ({ code, message, advice }: AppError, account: Account): string => {
  const whose = code === 'REDIS_UNAVAILABLE' ? '' : `Application ${applicationOfAccount(account)}: `;
  return `${whose}${message}${/[.!?]$/.test(message) ? '' : '.'} ${advice}`;
};

const reportBudget = async (
  writer: WriterContext,
  account: Account,
  { refused, lacks }: Examined = {},
): Promise<void> => {
  const state = await stateOf(writer, account);
  const failure = state instanceof AppError ? state : refused;
  const problem = failure ?? lacks;
  await writer.database.transaction(async (tx) => {
    const reported = { state: failure ? ('unavailable' as const) : ('ready' as const), code: problem?.code };
    const row = await lockUpstream(tx, account, reported.state, EVERY_MS);
    if (!row) return;
    const key = { kind: 'budget', name: account } as const;
    const event = {
      ...key,
      ...reported,
      ...(problem ? { reason: reasonOf(problem, account) } : {}),
      since: row.since.toISOString(),
      checkedAt: row.now.toISOString(),
      ...(state instanceof AppError ? {} : { figures: figuresOf(state, writer.graph.budget(account)) }),
      sequence: row.sequence,
    };
    await writer.outbox.add(tx, [encodeEvent(TOPICS.upstream, event, SERVICE)]);
    await storeUpstream(tx, account, { state: reported.state, since: row.since, sequence: row.sequence });
    writer.log.debug({ upstream: upstreamKey(key), state: reported.state }, 'budget reported');
  });
};
