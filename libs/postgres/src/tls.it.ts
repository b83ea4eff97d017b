import { tlsOptions } from '@collection-sync/core';
import { freshDatabase, makeCertificate, startTlsFront, type Certificate } from '@collection-sync/testing';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { DatabaseOptions } from './connection.js';
import { Database } from './database.js';

let url: string;
let certificate: Certificate;
const open: Database[] = [];

const databaseWith = (ssl: DatabaseOptions['ssl'], address = url): Database => {
  const database = new Database({ url: address, schema: 'things', application: 'tls', ssl });
  open.push(database);
  return database;
};

beforeAll(async () => {
  certificate = await makeCertificate();
  const plain = await freshDatabase();
  const front = new URL(plain);
  front.port = String(await startTlsFront(plain, certificate, { postgres: true }));
  url = front.href;
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()));
});

it('speaks TLS with a server whose authority is given, in the pool and outside of it', async () => {
  const database = databaseWith({ ca: certificate.cert });
  await database.ping();
  await database.session(async (session) => expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]));
});

it('reads the authority again for each connection', async () => {
  let authority = (await makeCertificate()).cert;
  const database = databaseWith(tlsOptions(() => authority));
  const one = () => database.session((session) => session.query('select 1'));
  await expect(one()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  await expect(database.ping()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  authority = certificate.cert;
  await one();
  await database.ping();
});

it.each(['require', 'verify-full', 'no-verify', 'disable'])('an authority counts beside sslmode=%s', async (mode) => {
  const address = `${url}?sslmode=${mode}`;
  await databaseWith({ ca: certificate.cert }, address).ping();
  const another = await makeCertificate();
  await expect(databaseWith({ ca: another.cert }, address).ping()).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
  });
});

it.each([{}, { rejectUnauthorized: true }])('refuses a server that nobody vouches for (%j)', async (ssl) => {
  await expect(databaseWith(ssl).ping()).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
    message: expect.stringContaining('self-signed') as string,
  });
});

it('refuses a server that speaks no TLS when TLS is asked for', async () => {
  await expect(databaseWith({ ca: certificate.cert }, await freshDatabase()).ping()).rejects.toMatchObject({
    code: 'DATABASE_UNAVAILABLE',
    message: expect.stringContaining('does not support SSL') as string,
  });
});
