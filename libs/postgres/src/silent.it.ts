import { freshDatabase, startSilencer, type Silencer } from '@collection-sync/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Database } from './database.js';

const lost = { code: 'DATABASE_UNAVAILABLE', retryable: true };
let network: Silencer;
let database: Database;

beforeAll(async () => {
  network = await startSilencer(await freshDatabase());
});
beforeEach(() => {
  database = new Database({ url: network.address, schema: 'public', application: 'silent', firstLookMs: 200, max: 1 });
});
afterEach(() => database.close());

describe('a connection that dies without a word', () => {
  it('fails its statement long before the statement’s own time is over, and is made anew', async () => {
    await database.query('select 1');
    network.silence();
    await expect(database.query('select 2')).rejects.toMatchObject(lost);
    expect(await database.query('select 3 as three')).toEqual([{ three: 3 }]);
    expect(network.silenced()).toBe(0);
  });

  it('fails a transaction, which another connection may run again', async () => {
    await database.query('create table if not exists kept (id int primary key)');
    const write = (silence: boolean) =>
      database.transaction(async (tx) => {
        await tx.query('insert into kept values (1)');
        if (silence) network.silence();
        await tx.query('select count(*) from kept');
      });
    await expect(write(true)).rejects.toMatchObject(lost);
    // the server has not noticed yet; what it would hold for long is given up by its own limits, or by this
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where state like 'idle in transaction%' and application_name = 'silent'`,
    );
    await write(false);
    expect(await database.query('select id from kept')).toEqual([{ id: 1 }]);
  });

  it('fails a session, whose locks are then gone', async () => {
    await expect(
      database.session(async (session) => {
        await session.query('select 1');
        network.silence();
        await session.query('select 2');
      }),
    ).rejects.toMatchObject(lost);
  });

  it('is told from a statement that takes long', async () => {
    expect(await database.query(`select 'slow' as answer from pg_sleep(3)`)).toEqual([{ answer: 'slow' }]);
  });
});
