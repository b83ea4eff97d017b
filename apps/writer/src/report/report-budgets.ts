import { encodeEvent, TOPICS, upstreamKey } from '@collection-sync/core';
import type { WriterContext } from '../context.js';
import { SERVICE } from '../context.js';
import { lockUpstream, storeUpstream } from '../store/upstreams.js';

const EVERY_MS = 60_000;

/** Tells the write budget of each tenant once a minute, by whichever replica comes first. */
export const reportBudgets = async (writer: WriterContext): Promise<void> => {
  for (const tenant of writer.graph.tenants()) {
    const state = await writer.budget.state(tenant);
    const limits = writer.graph.budget(tenant);
    await writer.database.transaction(async (tx) => {
      const row = await lockUpstream(tx, tenant, EVERY_MS);
      if (!row) return;
      const key = { kind: 'budget', name: tenant } as const;
      const event = {
        ...key,
        state: 'ready' as const,
        since: row.since.toISOString(),
        checkedAt: row.now.toISOString(),
        figures: {
          writes: Math.floor(state.writes),
          writeLimit: Math.round(limits.writes * (1 - limits.reserve)),
          writeWindowMs: limits.writeWindowMs,
          units: Math.floor(state.units),
          patchWeight: state.patchWeight,
          blockedMs: Math.ceil(state.blockedMs),
          throttled: state.throttled,
        },
        sequence: row.sequence,
      };
      await writer.outbox.add(tx, [encodeEvent(TOPICS.upstream, event, SERVICE)]);
      await storeUpstream(tx, tenant, row.sequence);
      writer.log.debug({ upstream: upstreamKey(key), figures: event.figures }, 'budget told');
    });
  }
};
