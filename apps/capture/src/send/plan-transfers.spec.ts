import { describe, expect, it } from 'vitest';
import { planTransfers } from './plan-transfers.js';
import type { SendingPlan, SendingTarget } from '../store/content.js';

const target = (name: string, change: Partial<SendingTarget> = {}): SendingTarget => ({
  target: name,
  tenant: 'tenant',
  group: name,
  activated: 1,
  disabledObjects: 'keep',
  sent: 10,
  required: 3,
  requiresComplete: false,
  fullReason: null,
  fullAllowed: true,
  fullSent: false,
  ...change,
});

const plan = (targets: SendingTarget[], change: Partial<SendingPlan> = {}) =>
  planTransfers('ABC00014', {
    type: 'device',
    source: 'ABC',
    version: 12,
    published: 10,
    readAt: '2026-01-01T00:00:00.000Z',
    targets,
    previews: [],
    ...change,
  }).map(({ mode, content, from, to, targets }) => ({
    mode,
    content,
    from,
    to,
    targets: targets.map((each) => each.target),
  }));

describe('planTransfers', () => {
  it('gives the delta to those in step and the complete content to the others', () => {
    const targets = [
      target('a'),
      target('b', { sent: 7 }),
      target('c', { sent: null }),
      target('d', { requiresComplete: true }),
    ];
    expect(plan(targets)).toEqual([
      { mode: 'incremental', content: 'delta', from: 10, to: 12, targets: ['a'] },
      { mode: 'incremental', content: 'complete', from: 0, to: 12, targets: ['b', 'c', 'd'] },
    ]);
  });

  it('marks content full only when the read just before was complete', () => {
    const asked = { fullReason: 'activated:1' };
    expect(plan([target('a', asked), target('b', { ...asked, fullAllowed: false, sent: null })])).toEqual([
      { mode: 'incremental', content: 'complete', from: 0, to: 12, targets: ['b'] },
      { mode: 'full', content: 'complete', from: 0, to: 12, targets: ['a'] },
    ]);
  });

  it('sends a full once, and again only when the target requiresComplete', () => {
    const sent = { fullReason: 'activated:1', fullSent: true, sent: 12 };
    expect(plan([target('a', sent)], { published: 12 })).toEqual([]);
    expect(plan([target('a', { ...sent, requiresComplete: true })], { published: 12 })).toMatchObject([
      { mode: 'full' },
    ]);
  });

  it('sends nothing when everybody has everything', () => {
    expect(plan([target('a', { sent: 12 })], { published: 12 })).toEqual([]);
  });
});
