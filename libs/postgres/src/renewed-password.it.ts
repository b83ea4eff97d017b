import { freshDatabase } from '@collection-sync/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from './database.js';

const ROLE = `renewed_${crypto.randomUUID().slice(0, 8)}`;
let url: string;
let admin: Database;
let database: Database;
let password = 'one';

const setPassword = (text: string) => admin.query(`alter role ${ROLE} password '${text}'`);
const endSessions = () =>
  admin.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [ROLE]);

beforeAll(async () => {
  url = await freshDatabase();
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

it('signs in with a token that is asked for at each connection, whatever password the address has', async () => {
  const scopes = new Set<string>();
  let token: string | Error = 'first token';
  const next = async () => {
    if (token instanceof Error) throw token;
    return { token, expiresOnTimestamp: Date.now() + 60_000 };
  };
  const tokens = { of: (scope: string) => (scopes.add(scope), next) };
  const address = Object.assign(new URL(url), { username: ROLE, password: 'unused' }).href;
  const entra = new Database({
    url: address,
    tokenScope: 'store/.default',
    tokens,
    schema: 'things',
    application: 'e',
  });
  const signedIn = () => entra.session((session) => session.query('select 1'));
  await setPassword('first token');
  await entra.ping();
  await setPassword('second token');
  await endSessions();
  await expect(signedIn()).rejects.toMatchObject({ message: expect.stringContaining('refuses the password') });
  token = 'second token';
  await signedIn();
  await entra.ping();
  await endSessions();
  token = new Error('AADSTS700016: the application was not found');
  const refused = { code: 'DATABASE_UNAVAILABLE', message: expect.stringContaining('AADSTS700016') };
  await expect(signedIn()).rejects.toMatchObject(refused);
  await expect(entra.ping().then(() => entra.ping())).rejects.toMatchObject(refused);
  expect(scopes).toEqual(new Set(['store/.default']));
  await entra.close();
});
