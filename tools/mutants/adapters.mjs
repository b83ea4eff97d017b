import { postgres, redis } from './places.mjs';

const HELD = [redis('redis-held.it.ts')];
const BUDGET = [redis('in-process-budget.spec.ts'), redis('budget-properties.spec.ts')];
const SCRIPT = [redis('redis-budget.it.ts')];
const RELAY = [postgres('relay.it.ts')];

/** Leases and locks, the write budget, the outbox and its relay. */
export const adapters = [
  {
    name: 'lease: a check takes one that is gone',
    file: redis('held-scripts.ts'),
    from: "if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end",
    to: "local held = redis.call('get', KEYS[1])\nif held and held ~= ARGV[1] then return 0 end\nredis.call('set', KEYS[1], ARGV[1])",
    tests: HELD,
  },
  {
    name: 'lease: a release frees what another holds',
    file: redis('held-scripts.ts'),
    from: "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end",
    to: "redis.call('del', KEYS[1])",
    tests: HELD,
  },
  {
    name: 'lease: a stop takes that of its own epoch',
    file: redis('held-scripts.ts'),
    from: 'epoch < tonumber(ARGV[1])',
    to: 'epoch <= tonumber(ARGV[1])',
    tests: HELD,
  },
  {
    name: 'lease: it does not name its collection',
    file: redis('lease-value.ts'),
    from: '`${epoch}|${claim}|${collection}`',
    to: '`${epoch}|${claim}|${typeof collection}`',
    tests: HELD,
  },
  {
    name: 'budget: bulk leaves nothing',
    file: redis('budget-rules.ts'),
    from: "(trafficClass === 'bulk' && book.known > 0 ? BULK_LEAVES : 0)",
    to: '0',
    tests: BUDGET,
  },
  {
    name: 'budget: a bucket that nothing is known of is full',
    file: redis('budget-rules.ts'),
    from: 'writes: 0,\n  units: 0,\n  spent: 0,',
    to: 'writes: 1e9,\n  units: 1e9,\n  spent: 0,',
    tests: BUDGET,
  },
  {
    name: 'budget: a 429 leaves what was there',
    file: redis('budget-rules.ts'),
    from: 'book.writes = Math.min(0, book.writes);',
    to: '',
    tests: BUDGET,
  },
  {
    name: 'budget: a shorter Retry-After shortens the block',
    file: redis('budget-rules.ts'),
    from: 'book.blocked = Math.max(book.blocked, now + Math.min(LONGEST_BLOCK_MS,',
    to: 'book.blocked = Math.max(0, now + Math.min(LONGEST_BLOCK_MS,',
    tests: BUDGET,
  },
  {
    name: 'budget: who fell silent keeps his place',
    file: redis('budget-rules.ts'),
    from: 'book.waiting = book.waiting.filter((one) => now - one.seen <= SILENT_MS);',
    to: '',
    tests: BUDGET,
  },
  {
    name: 'budget: a clock that was set back stops the refill',
    file: redis('budget-rules.ts'),
    from: 'book.at = Math.min(book.at, Math.max(now, book.blocked));',
    to: '',
    tests: SCRIPT,
  },
  {
    name: 'budget: replicas do not decide as one process does',
    file: redis('budget-script.ts'),
    from: 'if own.writes > 0 then book.known = math.max(1, book.known) end',
    to: '',
    tests: SCRIPT,
  },
  {
    name: 'outbox: records of one transaction leave in any order',
    file: postgres('outbox.ts'),
    from: 'as given (topic, key, headers, value, place)\n         order by place',
    to: 'as given (topic, key, headers, value, place)\n         order by place desc',
    tests: RELAY,
  },
  {
    name: 'outbox: a batch is not bounded by bytes',
    file: postgres('outbox.ts'),
    from: '<= $2 or before is null',
    to: '<= $2 or true',
    tests: RELAY,
  },
  {
    name: 'outbox: nobody is woken by a commit',
    file: postgres('outbox.ts'),
    from: "select pg_notify($5, '')",
    to: 'select $5::text',
    tests: RELAY,
  },
  {
    name: 'relay: rows are deleted before they are sent',
    file: postgres('relay.ts'),
    from: `    await this.#alive(session, this.publisher.publish(records));
    await deleteOutboxRows(
      session,
      rows.map(({ id }) => id),
    );`,
    to: `    await deleteOutboxRows(
      session,
      rows.map(({ id }) => id),
    );
    await this.#alive(session, this.publisher.publish(records));`,
    tests: RELAY,
  },
  {
    name: 'relay: two replicas send at once',
    file: postgres('relay.ts'),
    from: 'if (answer?.held) return true;',
    to: 'if (answer) return true;',
    tests: RELAY,
  },
  {
    name: 'relay: a record that is refused parks its key',
    file: postgres('relay.ts'),
    from: '      if (!isRefusal(error)) throw error;\n      await this.#sendSingly(session, rows);',
    to: '      throw error;',
    tests: RELAY,
  },
  {
    name: 'relay: a record that is refused is dropped and not told',
    file: postgres('relay.ts'),
    from: 'await this.#alive(session, putAside(this.publisher, raw, reason));',
    to: 'void [raw, reason, putAside];',
    tests: RELAY,
  },
  {
    name: 'relay: a frozen holder keeps the lock',
    file: postgres('relay.ts'),
    from: 'if (await endSilentHolder(session, lock, this.#silentMs))',
    to: 'if (endSilentHolder.length > 9)',
    tests: RELAY,
  },
];
