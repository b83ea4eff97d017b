import { answerOf, api, splitTarget, type Schema } from '../../api/client.js';
import { t } from '../../i18n/t.js';
import { answered } from '../../target/use-command.js';

export const BULK_ACTIONS = ['sync', 'full', 'pause', 'resume'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** A group that is chosen on the page. */
export interface Chosen {
  readonly target: string;
  readonly group: string;
  readonly collection: string;
}

export type Reason = 'gone' | 'deleting' | 'off' | 'paused' | 'active';

/** Why the action cannot be done with a mapping; null when it can. */
export const whyNot = (action: BulkAction, mapping: Schema['Mapping'] | undefined): Reason | null => {
  if (!mapping || mapping.state === 'deleted') return 'gone';
  if (mapping.state === 'deleting') return 'deleting';
  if (mapping.pausedBy === 'tenant') return 'off';
  if (action === 'resume') return mapping.state === 'paused' ? null : 'active';
  return mapping.state === 'active' ? null : 'paused';
};

export interface Outcome {
  readonly ok: boolean;
  readonly text: string;
}

/** Does it with one group, and waits for the answer to a command. @throws ApiProblem */
export const act = async (action: BulkAction, target: string): Promise<Outcome> => {
  const path = { params: { path: splitTarget(target) } };
  if (action === 'pause' || action === 'resume') {
    await answerOf(api.POST(`/api/v1/mappings/{tenant}/{group}/${action}`, path));
    return { ok: true, text: t(`mapping.${action}d`) };
  }
  const body = { kind: action === 'full' ? ('full' as const) : ('incremental' as const) };
  const sent = await answerOf(api.POST('/api/v1/targets/{tenant}/{group}/sync', { ...path, body }));
  const { state, message } = await answered(sent);
  return { ok: state === 'accepted' || state === 'sent', text: message ?? t(`command.${state}`) };
};
