import { tlsOptions } from '@collection-sync/core';
import { eventually, freshRedis, makeCertificate, startTlsFront, type Certificate } from '@collection-sync/testing';
import { afterEach, beforeAll, it } from 'vitest';
import { connectRedis, type RedisConnection, type RedisConnectionOptions } from './connection.js';

let url: string;
let certificate: Certificate;
const open: RedisConnection[] = [];

const connectWith = (tls?: RedisConnectionOptions['tls']): RedisConnection => {
  const connection = connectRedis({ url, ...(tls ? { tls } : {}) });
  open.push(connection);
  return connection;
};

const reasonOf = (connection: RedisConnection) =>
  eventually(async () => /self-signed/.exec(String(await connection.ping().catch((error: unknown) => error))), {
    what: 'the refusal of the certificate',
  });

beforeAll(async () => {
  certificate = await makeCertificate();
  const plain = await freshRedis();
  url = `rediss://127.0.0.1:${await startTlsFront(plain, certificate)}`;
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.close()));
});

it('speaks TLS with a server whose authority is given', async () => {
  const connection = connectWith({ ca: certificate.cert });
  await connection.ready;
  await connection.ping();
});

it('reads the authority again for each connection', async () => {
  let authority = (await makeCertificate()).cert;
  const connection = connectWith(tlsOptions(() => authority));
  await reasonOf(connection);
  authority = certificate.cert;
  await eventually(() => connection.ping().then(() => true), { what: 'a connection' });
});

it('refuses a server that nobody vouches for, whether TLS options are given or not', async () => {
  await reasonOf(connectWith());
  await reasonOf(connectWith({ rejectUnauthorized: true }));
});
