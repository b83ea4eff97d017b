import { AppError, Publisher, TOPICS, type OutgoingRecord } from '@collection-sync/core';
import { eventually, freshDatabase } from '@collection-sync/testing';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { Outbox, outboxLag } from './outbox.js';
import { Relay, type RelayOptions } from './relay.js';

let url: string;
let admin: Database;
let database: Database;
let outbox: Outbox;
let schemas = 0;
const open: Database[] = [];
const relays: Relay[] = [];
let lines: string[];

/** Keeps what it was given; may be told to refuse, to wait, or to look on. */
class KeptRecords extends Publisher {
  readonly records: OutgoingRecord[] = [];
  under = 0;
  most = 0;
  before: (records: readonly OutgoingRecord[]) => Promise<void> = async () => undefined;
  after: () => Promise<void> = async () => undefined;

  async publish(records: readonly OutgoingRecord[]): Promise<void> {
    this.under += 1;
    this.most = Math.max(this.most, this.under);
    try {
      await this.before(records);
      this.records.push(...records);
      await this.after();
    } finally {
      this.under -= 1;
    }
  }

  values(key: string): number[] {
    return this.records.filter((record) => record.key === key).map(({ value }) => Number(value));
  }
}

const record = (key: string, value: number): OutgoingRecord => ({
  topic: TOPICS.run,
  key,
  headers: { ce_id: `${key}-${value}` },
  value: String(value),
});

const add = (...records: OutgoingRecord[]) => database.transaction((tx) => outbox.add(tx, records));

const connect = (application: string): Database => {
  const own = new Database({ url, schema: database.schema, application });
  open.push(own);
  return own;
};

const startRelay = (publisher: Publisher, on = database, more: Partial<RelayOptions> = {}): Relay => {
  const write = (level: string) => (_object: object, message: string) => void lines.push(`${level} ${message}`);
  const relay = new Relay(on, publisher, {
    name: 'test',
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    ...more,
  });
  relays.push(relay);
  relay.start();
  return relay;
};

const cut = (application: string) =>
  admin.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [application]);

const holdsLock = (application: string) =>
  admin.query(
    `select 1 from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and granted and application_name = $1`,
    [application],
  );

let noMigrations: URL;

beforeAll(async () => {
  url = await freshDatabase();
  noMigrations = pathToFileURL(`${await mkdtemp(join(tmpdir(), 'no-migrations-'))}/`);
});

beforeEach(async () => {
  const schema = `service_${(schemas += 1)}`;
  lines = [];
  admin = new Database({ url, schema: 'public', application: 'admin' });
  database = new Database({ url, schema, application: schema });
  open.push(admin, database);
  await migrate(database, noMigrations);
  outbox = new Outbox(database);
});

afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('the outbox', () => {
  it('keeps nothing of a transaction that is undone', async () => {
    const undone = database.transaction(async (tx) => {
      await outbox.add(tx, [record('k', 1)]);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await outboxLag(database)).toEqual({ rows: 0, oldestSeconds: 0 });
  });

  it('keeps records as they are, and counts how many wait and for how long', async () => {
    const odd: OutgoingRecord = {
      topic: TOPICS.run,
      key: 'a/b\tc',
      headers: { ce_id: '{"x"}', cs_target: 'ü' },
      value: '{"n":"\\u0000 🎉"}',
    };
    await add(odd);
    expect((await outboxLag(database)).rows).toBe(1);
    const publisher = new KeptRecords();
    await startRelay(publisher).drained();
    expect(publisher.records).toEqual([odd]);
  });
});

describe('the relay', () => {
  it('sends at once what is added, in order, one send at a time, and deletes it', async () => {
    const publisher = new KeptRecords();
    const relay = startRelay(publisher);
    await eventually(async () => (await holdsLock(database.schema)).length === 1, {
      what: 'the relay to hold its lock',
    });
    await database.query('create table row_lock (key text primary key)');
    await database.query(`insert into row_lock values ('a'), ('b'), ('c')`);
    let number = 0;
    const addUnderLock = (key: string) =>
      database.transaction(async (tx) => {
        await tx.query('select 1 from row_lock where key = $1 for update', [key]);
        await outbox.add(tx, [record(key, (number += 1)), record(key, (number += 1))]);
      });
    await Promise.all(Array.from({ length: 300 }, (_, n) => addUnderLock(['a', 'b', 'c'][n % 3] as string)));
    await relay.drained();
    expect(publisher.records).toHaveLength(600);
    for (const key of ['a', 'b', 'c'])
      expect(publisher.values(key)).toEqual([...publisher.values(key)].sort((x, y) => x - y));
    expect(publisher.most).toBe(1);
  });

  it('sends no more than 512 KiB at once, but for a single record that is larger', async () => {
    const publisher = new KeptRecords();
    const sizes: number[] = [];
    publisher.before = async (records) => void sizes.push(records.reduce((sum, { value }) => sum + value.length, 0));
    const kib = (value: number, size: number) => ({
      ...record('k', value),
      value: String(value).padStart(size * 1024, '0'),
    });
    await add(kib(1, 200), kib(2, 200), kib(3, 200), kib(4, 700), kib(5, 1), kib(6, 511));
    await startRelay(publisher).drained();
    expect(sizes.map((size) => size / 1024)).toEqual([400, 200, 700, 512]);
    expect(publisher.values('k')).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is woken by a commit, long before it would look by itself', async () => {
    const publisher = new KeptRecords();
    startRelay(publisher, database, { pollMs: 3_600_000 });
    await eventually(async () => (await holdsLock(database.schema)).length === 1, { what: 'the lock' });
    for (let n = 1; n <= 20; n += 1) {
      await add(record('k', n));
      await eventually(() => publisher.records.length === n, { interval: 1, what: 'the record' });
    }
  });

  it('sends again what was sent but not deleted, and loses nothing, when it is cut off in between', async () => {
    const publisher = new KeptRecords();
    let cuts = 0;
    publisher.after = async () => {
      cuts += 1;
      if (cuts <= 3) await cut('victim');
    };
    await add(...Array.from({ length: 10 }, (_, n) => record('k', n)));
    const relay = startRelay(publisher, connect('victim'));
    await eventually(async () => (await outboxLag(database)).rows === 0, { what: 'an empty outbox' });
    const sequence = publisher.values('k');
    expect(sequence).toEqual(Array.from({ length: 4 }, () => Array.from({ length: 10 }, (_, n) => n)).flat());
    await relay.stop();
  });

  it('keeps what the bus does not take, says so once, and sends it when the bus is back', async () => {
    const publisher = new KeptRecords();
    let attempts = 0;
    publisher.before = async () => {
      attempts += 1;
      if (attempts <= 4) throw new AppError('BUS_UNAVAILABLE', 'no broker');
    };
    await add(record('k', 1), record('k', 2));
    await startRelay(publisher).drained();
    expect(publisher.values('k')).toEqual([1, 2]);
    expect(lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
    expect(lines.at(-1)).toBe('info the outbox flows again');
  });

  it('puts a record that the bus refuses for good on the dead-letter topic, and sends the later ones of its key', async () => {
    const publisher = new KeptRecords();
    publisher.before = async (records) => {
      if (records.some(({ topic, key, value }) => topic === TOPICS.run && key === 'bad' && value === '2'))
        throw new AppError('BUS_RECORD_REFUSED', 'too large');
    };
    await add(record('bad', 1), record('good', 1), record('bad', 2), record('good', 2), record('bad', 3));
    await startRelay(publisher).drained();
    const letters = publisher.records.filter(({ topic }) => topic === TOPICS.deadLetter);
    expect(letters.map(({ value }) => JSON.parse(value) as object)).toMatchObject([
      {
        topic: TOPICS.run,
        key: 'bad',
        partition: -1,
        consumer: 'test outbox',
        code: 'BUS_RECORD_REFUSED',
        body: btoa('2'),
      },
    ]);
    publisher.records.splice(publisher.records.indexOf(letters[0]!), 1);
    expect(publisher.values('good')).toEqual([1, 2]);
    expect(publisher.values('bad')).toEqual([1, 3]);
    expect(lines.filter((line) => line.startsWith('error'))).toHaveLength(1);
  });

  it('works in one replica at a time; another takes over when it stops or is cut off', async () => {
    const publisher = new KeptRecords();
    const first = startRelay(publisher, connect('first'));
    await eventually(async () => (await holdsLock('first')).length === 1, { what: 'the first to hold the lock' });
    const second = startRelay(publisher, connect('second'));
    const third = startRelay(publisher, connect('third'));
    await add(record('k', 1));
    await first.drained();
    expect(await holdsLock('second')).toEqual([]);
    await first.stop();
    await eventually(async () => (await holdsLock('second')).length + (await holdsLock('third')).length === 1, {
      what: 'a successor',
    });
    const successor = (await holdsLock('second')).length === 1 ? 'second' : 'third';
    await add(record('k', 2));
    await second.drained();
    await cut(successor);
    await add(record('k', 3));
    await third.drained();
    expect(publisher.values('k')).toEqual([1, 2, 3]);
  });

  it('takes over from a process that is frozen, not from one that waits for the bus', async () => {
    const frozen = connect('frozen');
    const thaw = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    const lost = frozen.session(async (session) => {
      await session.query('select pg_advisory_lock(hashtextextended($1, 0))', [`relay ${database.schema}`]);
      taken.resolve();
      await thaw.promise;
      return session.released.aborted;
    });
    await taken.promise;
    const slow = new KeptRecords();
    const bus = Promise.withResolvers<void>();
    slow.before = () => bus.promise;
    await add(record('k', 1));
    startRelay(slow, connect('slow'), { silentMs: 500 });
    await eventually(() => slow.under === 1, { what: 'the relay to take over' });
    expect(await holdsLock('slow')).toHaveLength(1);
    thaw.resolve();
    expect(await lost).toBe(true);
    const other = new KeptRecords();
    startRelay(other, connect('other'), { silentMs: 500 });
    await sleep(2_500);
    expect(await holdsLock('slow')).toHaveLength(1);
    expect(other.records).toEqual([]);
    bus.resolve();
    await eventually(async () => (await outboxLag(database)).rows === 0, { what: 'an empty outbox' });
    expect(slow.values('k')).toEqual([1]);
  });

  it('at stop waits for the send under way and deletes what it sent', async () => {
    const publisher = new KeptRecords();
    const gate = Promise.withResolvers<void>();
    publisher.after = () => gate.promise;
    await add(record('k', 1));
    const relay = startRelay(publisher);
    await eventually(() => publisher.records.length === 1, { what: 'the send' });
    const stopped = relay.stop();
    gate.resolve();
    await stopped;
    expect((await outboxLag(database)).rows).toBe(0);
    expect(await holdsLock(database.schema)).toEqual([]);
  });

  it('can be started again', async () => {
    const publisher = new KeptRecords();
    const relay = startRelay(publisher);
    await relay.stop();
    await add(record('k', 1));
    relay.start();
    await relay.drained();
    expect(publisher.values('k')).toEqual([1]);
  });
});
