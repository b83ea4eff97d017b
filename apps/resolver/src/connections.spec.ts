import { describe, expect, it } from 'vitest';
import { kafkaEnvironment } from '@collection-sync/bus';
import { readEnvironment } from '@collection-sync/platform';
import { databaseEnvironment } from '@collection-sync/postgres';
import { redisEnvironment } from '@collection-sync/redis';

const connections = kafkaEnvironment.and(databaseEnvironment).and(redisEnvironment);
const least = { KAFKA_BROKERS: 'a:9092, b:9092', DATABASE_URL: 'postgres://u:p@db/x', REDIS_URL: 'redis://r:6379' };

describe('the connections of a service', () => {
  it('needs three addresses and nothing else', () => {
    expect(readEnvironment(connections, least)).toEqual({
      kafka: { brokers: ['a:9092', 'b:9092'] },
      database: { url: least.DATABASE_URL },
      redis: { url: least.REDIS_URL, cluster: false },
    });
  });

  it('turns TLS on for what has an authority, and signs in to Kafka', () => {
    const source = {
      ...least,
      KAFKA_CA: 'pem',
      DATABASE_CA: 'pem',
      REDIS_CA: 'pem',
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'writer',
      KAFKA_SASL_PASSWORD: 'x',
    };
    expect(readEnvironment(connections, source)).toMatchObject({
      kafka: { ssl: { ca: 'pem' }, sasl: { mechanism: 'scram-sha-512', username: 'writer', password: 'x' } },
      database: { ssl: { ca: 'pem' } },
      redis: { tls: { ca: 'pem' } },
    });
  });

  it('signs in with tokens where the stores are in Azure, over TLS alone', () => {
    const entra = {
      KAFKA_BROKERS: 'hubs.servicebus.windows.net:9093',
      KAFKA_TLS: 'true',
      KAFKA_SASL_MECHANISM: 'oauthbearer',
      DATABASE_URL: 'postgres://writer@db/x?sslmode=verify-full',
      DATABASE_AUTH: 'entra',
      REDIS_URL: 'rediss://object-id@r:10000',
      REDIS_AUTH: 'entra',
    };
    expect(readEnvironment(connections, entra)).toEqual({
      kafka: {
        brokers: ['hubs.servicebus.windows.net:9093'],
        ssl: true,
        sasl: { mechanism: 'oauthbearer', scope: 'https://hubs.servicebus.windows.net/.default' },
      },
      database: { url: entra.DATABASE_URL, tokenScope: 'https://ossrdbms-aad.database.windows.net/.default' },
      redis: { url: entra.REDIS_URL, cluster: false, tokenScope: 'https://redis.azure.com/.default' },
    });
    const plain = { KAFKA_TLS: '', DATABASE_URL: 'postgres://writer@db/x', REDIS_URL: 'redis://r:6379' };
    expect(() => readEnvironment(connections, { ...entra, ...plain })).toThrow(
      /KAFKA_TLS: is needed by oauthbearer[^]*DATABASE_URL: needs sslmode=verify-full[^]*REDIS_URL: must begin with rediss[^]*REDIS_URL: needs the object id/,
    );
  });

  it('names every problem at once and never a value', () => {
    const source = { DATABASE_URL: 'mysql://secret-host', KAFKA_SASL_MECHANISM: 'magic' };
    expect(() => readEnvironment(connections, source)).toThrow(
      /KAFKA_BROKERS: is not set[^]*DATABASE_URL: must be[^]*REDIS_URL: is not set/,
    );
    expect(() => readEnvironment(connections, source)).not.toThrow(/secret-host|magic/);
    expect(() => readEnvironment(connections, { ...least, KAFKA_SASL_MECHANISM: 'plain' })).toThrow(
      /KAFKA_SASL_USERNAME[^]*KAFKA_SASL_PASSWORD/,
    );
  });
});
