import { readEnvironment } from '@collection-sync/platform';
import { expect, it } from 'vitest';
import { resolverEnvironment, resolverSettingsOf } from './resolver.env.js';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000000';
const enough = {
  KAFKA_BROKERS: 'kafka:9092',
  DATABASE_URL: 'postgres://user@db/x',
  REDIS_URL: 'redis://redis:6379',
  AZURE_TENANT_ID: TENANT,
};

it('reads what the service needs, with defaults for the rest', () => {
  const environment = readEnvironment(resolverEnvironment, enough);
  expect(environment.tenants).toMatchObject([{ tenant: TENANT, credential: { kind: 'managed-identity' } }]);
  expect(resolverSettingsOf(environment)).toEqual({ feedEveryMs: 30_000 });
  const faster = readEnvironment(resolverEnvironment, { ...enough, DIRECTORY_POLL_SECONDS: '0.5' });
  expect(resolverSettingsOf(faster)).toEqual({ feedEveryMs: 500 });
});

it('names every problem of every part at once', () => {
  expect(() => readEnvironment(resolverEnvironment, { DIRECTORY_POLL_SECONDS: 'soon' })).toThrow(
    /DIRECTORY_POLL_SECONDS: must[^]*KAFKA_BROKERS: is not set[^]*REDIS_URL: is not set[^]*AZURE_TENANT_ID: is missing/,
  );
});
