import { capture, resolver } from './places.mjs';

const PROTOCOL = [capture('protocol.it.ts')];
const RACES = [capture('races.it.ts')];
const PLAN = [capture('send/plan-transfers.spec.ts')];
const FORWARD = [resolver('resolve/forward-membership.it.ts')];
const MIRROR = [resolver('mirror/feed-mirror.it.ts')];

/** From a read to content for a target: capture and the resolver. */
export const content = [
  {
    name: 'capture: identities are changed without their lock',
    file: capture('identify/update-identities.ts'),
    from: 'await holdIdentities(tx);',
    to: 'void holdIdentities;',
    tests: RACES,
  },
  {
    name: 'capture: the published version advances although a transfer was given up',
    file: capture('send/send-content.ts'),
    from: 'if (contents.length > 0 && sent.length === transfers.length) await',
    to: 'if (contents.length > 0) await',
    tests: RACES,
  },
  {
    name: 'capture: a transfer begins for a target that is paused',
    file: capture('store/targets.ts'),
    from: "where t.state = 'active' order by t.target for update of t",
    to: 'order by t.target for update of t',
    tests: RACES,
  },
  {
    name: 'capture: a delta is not given up when another replica has published',
    file: capture('send/send-content.ts'),
    from: "transfer.content === 'delta' &&\n      (await",
    to: "transfer.content === 'complete' &&\n      (await",
    tests: PROTOCOL,
  },
  {
    name: 'capture: a late read is committed',
    file: capture('read/commit-read.ts'),
    from: 'if (!row || row.committedRead > readNo) return undefined;',
    to: 'if (!row) return undefined;',
    tests: PROTOCOL,
  },
  {
    name: 'capture: a read that is not complete removes',
    file: capture('read/commit-read.ts'),
    from: 'const left = complete ? await tombstoneLeavers(tx, merge, only) : 0;',
    to: 'const left = await tombstoneLeavers(tx, merge, only);',
    tests: [capture('read/lying-site.it.ts')],
  },
  {
    name: 'capture: staged rows that were lost are believed',
    file: capture('read/commit-read.ts'),
    from: 'if (rows !== proof.rows || distinct !== proof.distinct)',
    to: 'if (rows > proof.rows || distinct > proof.distinct)',
    tests: PROTOCOL,
  },
  {
    name: 'capture: a full goes out without a complete read',
    file: capture('send/plan-transfers.ts'),
    from: 'target.fullReason !== null && target.fullAllowed',
    to: 'target.fullReason !== null',
    tests: PLAN,
  },
  {
    name: 'capture: a full that was sent goes again and again',
    file: capture('send/plan-transfers.ts'),
    from: '(wantsFull && !target.fullSent)',
    to: 'wantsFull',
    tests: PLAN,
  },
  {
    name: 'capture: an answer about an older transfer counts',
    file: capture('confirm/receive-answer.ts'),
    from: 'if (no !== undefined && no < target.lastCompleteNo) return;',
    to: '',
    tests: PROTOCOL,
  },
  {
    name: 'capture: an answer about another activation counts',
    file: capture('confirm/receive-answer.ts'),
    from: 'if (target?.activated !== answer.activated || target.collection !== answer.collection) return;',
    to: 'if (target?.collection !== answer.collection) return;',
    tests: PROTOCOL,
  },
  {
    name: 'capture: content that is missing is sent with an old version',
    file: capture('confirm/receive-answer.ts'),
    from: 'await raiseVersionAbove(tx, collection, version);',
    to: 'void [raiseVersionAbove, collection];',
    tests: PROTOCOL,
  },
  {
    name: 'capture: a preview is not sent again when a mirror becomes ready',
    file: capture('store/targets.ts'),
    from: 'await sendPreviewsAgain(tx, directory.name);',
    to: 'void sendPreviewsAgain;',
    tests: [capture('capture.it.ts')],
  },
  {
    name: 'resolver: a mirror that is not ready resolves',
    file: resolver('resolve/forward-membership.ts'),
    from: 'const ready = snapshot && isReady(snapshot, chunk.event);',
    to: 'const ready = snapshot && isReady.length > 0;',
    tests: FORWARD,
  },
  {
    name: 'resolver: the page of a replica that was overtaken is stored',
    file: resolver('store/feeds.ts'),
    from: 'where tenant = $1 and kind = $2 and feed_no = $3 for update`',
    to: 'where tenant = $1 and kind = $2 and $3::bigint is not null for update`',
    tests: MIRROR,
  },
  {
    name: 'resolver: a full pass that lost too much is believed',
    file: resolver('mirror/feed-mirror.ts'),
    from: 'if (why === undefined) return undefined;',
    to: 'return undefined;',
    tests: MIRROR,
  },
];
