import { freshDatabase } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from './database.js';

const ROLE = `renewed_${crypto.randomUUID().slice(0, 8)}`;
let admin: Database;
let database: Database;
let password = 'one';

const setPassword = (text: string) => admin.query(`alter role ${ROLE} password '${text}'`);
const endSessions = () =>
  admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [ROLE]);

beforeAll(async () => {
  const url = await freshDatabase();
  admin = new Database({ url, schema: 'things', application: 'admin', max: 1 });
  await admin.query(`create role ${ROLE} login`);
  await setPassword(password);
  const address = () => Object.assign(new URL(url), { username: ROLE, password }).href;
  database = new Database({ url: address, schema: 'things', application: 'renewed' });
});
afterAll(async () => {
  await database.close();
  await admin.query(`drop role ${ROLE}`);
  await admin.close();
});

it('signs in with a password that was renewed, in the pool and outside of it, without a restart', async () => {
  await database.ping();
  await setPassword('two');
  await endSessions();
  await expect(database.session((session) => session.query('select 1'))).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
    message: expect.stringContaining('the server refuses the password'),
  });
  await expect(database.ping()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  password = 'two';
  await database.ping();
  await database.session((session) => session.query('select 1'));
});
