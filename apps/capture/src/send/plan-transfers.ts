import type { CollectionType, DisabledObjects } from '@collection-sync/core';
import type { SendingPlan, SendingPreview, SendingTarget } from '../store/content.js';

interface TransferTarget {
  readonly target: string;
  readonly tenant: string;
  readonly group: string;
  readonly activated: number;
  readonly disabledObjects: DisabledObjects;
  /** completes required when this was planned */
  readonly required: number;
  readonly reason?: string;
}

export interface Transfer {
  readonly collection: string;
  readonly collectionType: CollectionType;
  readonly source: string;
  readonly mode: 'full' | 'incremental' | 'preview';
  readonly content: 'delta' | 'complete';
  readonly from: number;
  readonly to: number;
  readonly readAt: string;
  readonly targets: readonly TransferTarget[];
  /** the preview that this is for */
  readonly preview?: Pick<SendingPreview, 'id' | 'tenantSince'>;
}

/**
 * Decides what each target gets. In step with the published version: the delta, if there is one. Out of step, or required: the complete
 * content, marked full if a full is requested and the read just before was complete.
 */
export const planTransfers = (collection: string, plan: SendingPlan): Transfer[] => {
  const { published, version } = plan;
  const common = { collection, collectionType: plan.type, source: plan.source, to: version, readAt: plan.readAt };
  const delta: TransferTarget[] = [];
  const complete: TransferTarget[] = [];
  const full: TransferTarget[] = [];
  for (const target of plan.targets) {
    const wantsFull = target.fullReason !== null && target.fullAllowed;
    const requiresComplete =
      target.requiresComplete || (wantsFull && !target.fullSent) || target.sent !== published || published > version;
    if (requiresComplete) (wantsFull ? full : complete).push(recipient(target, wantsFull));
    else if (version > published) delta.push(recipient(target, false));
  }
  return [
    { ...common, mode: 'incremental', content: 'delta', from: published, targets: delta } as const,
    { ...common, mode: 'incremental', content: 'complete', from: 0, targets: complete } as const,
    { ...common, mode: 'full', content: 'complete', from: 0, targets: full } as const,
    ...plan.previews.map(({ id, tenantSince, ...to }): Transfer => ({
      ...common,
      mode: 'preview',
      content: 'complete',
      from: 0,
      targets: [{ ...to, required: 0, reason: `command:${id}` }],
      preview: { id, tenantSince },
    })),
  ].filter(({ targets }) => targets.length > 0);
};

const recipient = (target: SendingTarget, full: boolean): TransferTarget => ({
  target: target.target,
  tenant: target.tenant,
  group: target.group,
  activated: target.activated,
  disabledObjects: target.disabledObjects,
  required: target.required,
  ...(full && target.fullReason ? { reason: target.fullReason } : {}),
});
