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
