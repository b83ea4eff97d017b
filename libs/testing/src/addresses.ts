import { readVariable } from './environment.js';

export interface Addresses {
  /** host:port, comma separated. */
  kafkaBrokers: string;
  databaseUrl: string;
  redisUrl: string;
}

/** Where the real services are that the integration project started or was given. */
export function services(): Addresses {
  return {
    kafkaBrokers: address('KAFKA_BROKERS'),
    databaseUrl: address('DATABASE_URL'),
    redisUrl: address('REDIS_URL'),
  };
}

function address(variable: string): string {
  const value = readVariable(variable);
  if (value) return value;
  throw new Error(
    `${variable} is not set. Tests with real services are named *.it.ts and run in the project "integration"; ` +
      'programs run under: npm run services -- run -- COMMAND',
  );
}
