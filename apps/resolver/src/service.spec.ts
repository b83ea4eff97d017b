import { InProcessBus, MemoryCompactedStore } from '@collection-sync/bus';
import { describeEnvironment, readEnvironment, silentLogger } from '@collection-sync/platform';
import { InProcessLocks } from '@collection-sync/redis';
import { expect, it } from 'vitest';
import { resolver } from './service.js';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000000';
const enough = {
  KAFKA_BROKERS: 'kafka:9092',
  DATABASE_URL: 'postgres://user@db/x',
  REDIS_URL: 'redis://redis:6379',
  AZURE_TENANT_ID: TENANT,
};
const variablesOf = (service: { environment: typeof resolver.environment }): string[] =>
  describeEnvironment(service.environment).map(({ name }) => name);

it('reads what its parts need, each variable once, with defaults for the rest', () => {
  expect(() => readEnvironment(resolver.environment, enough)).not.toThrow();
  const names = variablesOf(resolver);
  expect(names).toEqual([...new Set(names)]);
  expect(names).toEqual(
    expect.arrayContaining([...Object.keys(enough), 'DIRECTORY_POLL_SECONDS', 'PORT', 'LOG_LEVEL']),
  );
});

it('names every problem of every part at once', () => {
  expect(() => readEnvironment(resolver.environment, { DIRECTORY_POLL_SECONDS: 'soon' })).toThrow(
    /DIRECTORY_POLL_SECONDS: must[^]*DATABASE_URL: is not set[^]*AZURE_TENANT_ID: is missing[^]*REDIS_URL: is not set[^]*KAFKA_BROKERS: is not set/,
  );
});

it('does not read the variables of what is put in the place of a part', () => {
  const bus = new InProcessBus({ store: new MemoryCompactedStore(), log: silentLogger() });
  const names = variablesOf(resolver.with({ bus, locks: new InProcessLocks() }));
  expect(names).not.toContain('KAFKA_BROKERS');
  // the budget still needs it
  expect(names).toContain('REDIS_URL');
});
