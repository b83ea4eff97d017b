import { expect, it } from 'vitest';
import { describeNeeds, findNeeds, NEEDS } from './needs.mjs';

const on = (programs, { mayInstall = false, given = [] } = {}) =>
  findNeeds(NEEDS, {
    given: (variable) => given.includes(variable),
    works: ({ name }) => programs.includes(name),
    mayInstall: () => mayInstall,
  });
const wayTo = (found, what) => found.find((need) => need.what === what).way;

it('names the first way that works', () => {
  const found = on(['java', 'mvn', 'redis-server', 'docker'], { given: ['DATABASE_URL'] });
  expect(wayTo(found, 'PostgreSQL 18')).toBe('DATABASE_URL');
  expect(wayTo(found, 'Kafka 4')).toBe('a Docker engine');
  expect(wayTo(on(['java', 'mvn']), 'Kafka 4')).toBe('Java and Maven of this machine');
  expect(wayTo(on(['java']), 'Kafka 4')).toBeUndefined();
});

it('lists what is missing where nothing may be installed, and what needs none of it', () => {
  const lines = describeNeeds(on(['python3', 'kubectl', 'redis-server']));
  expect(lines.filter((line) => line.includes('MISSING')).map((line) => line.trim().split('  ')[0])).toEqual([
    'Kafka 4',
    'Kerberos',
  ]);
  expect(lines.at(-2)).toContain('apt-get install default-jre-headless maven krb5-kdc');
  expect(lines.at(-1)).toContain('npm run test:unit');
});

it('says what will be installed where that is allowed', () => {
  const lines = describeNeeds(on([], { mayInstall: true }));
  expect(lines.join('\n')).not.toContain('MISSING');
  expect(lines.find((line) => line.includes('Redis'))).toContain('installed with apt-get: redis-server');
});
