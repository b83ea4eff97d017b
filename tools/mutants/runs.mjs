import { writer } from './places.mjs';

const SAFEGUARDS = [writer('run/safeguards.it.ts')];
const FENCING = [writer('run/fencing.it.ts')];
const WAITING = [writer('act/waiting.it.ts')];
const MERGE = [writer('merge/judge-transfer.spec.ts'), writer('merge/merge-next.it.ts')];

/** Claims, fences, leases, merges and commands of the writer. */
export const runs = [
  {
    name: 'fence: the epoch is not checked',
    file: writer('store/targets.ts'),
    from: 'where id = $1 and epoch = $2 for update',
    to: 'where id = $1 and $2::bigint is not null for update',
    tests: SAFEGUARDS,
  },
  {
    name: 'claim: a run before the complete content of this activation',
    file: writer('store/targets.ts'),
    from: "and (t.complete_for = t.activated or t.state = 'deleting') and",
    to: 'and',
    tests: SAFEGUARDS,
  },
  {
    name: 'claim: a heartbeat in the future is believed',
    file: writer('store/targets.ts'),
    from: " or heartbeat_at > ${NOW} + interval '10 s')`",
    to: ')`',
    tests: SAFEGUARDS,
  },
  {
    name: 'claim: a stamp in the future is believed',
    file: writer('store/targets.ts'),
    from: "due_set_at > ${NOW} + interval '10 s'",
    to: 'false',
    tests: SAFEGUARDS,
  },
  {
    name: 'claim: a look that found nothing speaks for who asks later',
    file: writer('run/run-slots.ts'),
    from: 'else this.#nothingUpTo = asked;',
    to: 'else this.#nothingUpTo = this.#asked;',
    tests: [writer('run/run-slots.spec.ts')],
  },
  {
    name: 'claim: a deletion that a switch has stopped runs',
    file: writer('store/targets.ts'),
    from: 'and t.paused_by is null and t.teardown is null and not',
    to: 'and t.teardown is null and not',
    tests: WAITING,
  },
  {
    name: 'merge: content is merged before the ledger is forgotten',
    file: writer('store/targets.ts'),
    from: 'x.activated <= t.activated and t.teardown is null',
    to: 'x.activated <= t.activated',
    tests: WAITING,
  },
  {
    name: 'release: the second look is not waited for',
    file: writer('store/entries.ts'),
    from: '\n         and not exists (select 1 from entry where target = $1 and second_look_at is not null)',
    to: '',
    tests: SAFEGUARDS,
  },
  {
    name: 'release: calls under way are not waited for',
    file: writer('store/entries.ts'),
    from: '\n         and not exists (select 1 from call where target = $1)',
    to: '',
    tests: SAFEGUARDS,
  },
  {
    name: 'listing: a late one plans the removal of whom we removed',
    file: writer('store/listing.ts'),
    from: '\n         and (e.written_at is null or e.written_at < $3::timestamptz - make_interval(secs => $4::float8 / 1000)))',
    to: '\n         and $3::timestamptz is not null and $4::float8 is not null)',
    tests: SAFEGUARDS,
  },
  {
    name: 'listing: a late one confirms an add that we undid',
    file: writer('store/answers.ts'),
    from: '\n       and (written_at is null or written_at < clock_timestamp() - make_interval(secs => $3::float8 / 1000))',
    to: '\n       and $3::float8 is not null',
    tests: FENCING,
  },
  {
    name: 'send: the desired state is not looked at again',
    file: writer('run/send-batch.ts'),
    from: 'const operations = composeBatch(entries);',
    to: 'const operations = entries.length > 0 ? [...wanted] : composeBatch(entries);',
    tests: SAFEGUARDS,
  },
  {
    name: 'send: the deadline is set after the lease check',
    file: writer('run/send-batch.ts'),
    from: `const deadlineAt = performance.now() + active.writer.settings.deadlineMs;
    if (!(await this.#mayCall(call))) return undefined;`,
    to: `if (!(await this.#mayCall(call))) return undefined;
    const deadlineAt = performance.now() + active.writer.settings.deadlineMs;`,
    tests: SAFEGUARDS,
  },
  {
    name: 'send: the lease is not checked',
    file: writer('run/lease-keeper.ts'),
    from: 'if (await this.writer.leases.extend(this.claim, this.writer.settings.leaseMs)) return;',
    to: 'return;',
    tests: FENCING,
  },
  {
    name: 'lease: a heartbeat waits for the row of its run',
    file: writer('store/runs.ts'),
    from: 'and ended_at is null for update skip locked)',
    to: 'and ended_at is null for update)',
    tests: WAITING,
    why: 'the lease is renewed beside the heartbeat, which may wait then; a row is held for a second at most',
  },
  {
    name: 'lease: a renewal waits for the heartbeat',
    file: writer('run/lease-keeper.ts'),
    from: 'if (this.#renewing.has(kind) ||',
    to: 'if (this.#renewing.size > 0 ||',
    tests: WAITING,
    why: 'only together with the one before: the heartbeat waits for nobody',
  },
  {
    name: 'commands: one waits for the row of another group',
    file: writer('store/commands.ts'),
    from: 'order by c.arrived limit 1 for update skip locked',
    to: 'order by c.arrived limit 1 for update',
    tests: WAITING,
  },
  {
    name: 'mappings: one waits for the row of another group',
    file: writer('store/mappings.ts'),
    from: 'order by m.stored_at limit 1 for update skip locked',
    to: 'order by m.stored_at limit 1 for update',
    tests: WAITING,
  },
  {
    name: 'stop: the lease is not revoked',
    file: writer('run/stop-run.ts'),
    from: 'writer.leases.revoke(target.target, epoch).catch',
    to: 'Promise.resolve(epoch).catch',
    tests: FENCING,
  },
  {
    name: 'merge: a complete of the same version is refused',
    file: writer('merge/judge-transfer.ts'),
    from: 'transfer.to >= target.merged',
    to: 'transfer.to > target.merged',
    tests: MERGE,
  },
  {
    name: 'merge: a delta that begins elsewhere is merged',
    file: writer('merge/judge-transfer.ts'),
    from: "return transfer.from === target.merged ? 'merge' : 'missing';",
    to: "return transfer.from <= target.merged ? 'merge' : 'missing';",
    tests: MERGE,
  },
  {
    name: 'merge: content of an older activation is merged',
    file: writer('merge/judge-transfer.ts'),
    from: 'if (!current || transfer.activated !== target.activated || ',
    to: 'if (!current || ',
    tests: MERGE,
  },
  {
    name: 'merge: a step before the last one makes removals',
    file: writer('merge/merge-step.ts'),
    from: 'if (last) flips += await partWithLeaving',
    to: 'if (next > 0) flips += await partWithLeaving',
    tests: [writer('merge/merge-steps.it.ts')],
  },
];
