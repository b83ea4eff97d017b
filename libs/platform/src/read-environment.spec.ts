import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { env } from '@collection-sync/core';
import { z } from 'zod';
import { EnvironmentError } from './environment-error.js';
import { readEnvironment, variableNames } from './read-environment.js';

const schema = z.object({
  KAFKA_BROKERS: env.list(),
  DATABASE_URL: env.url('postgres', 'postgresql'),
  PORT: env.port().default(8080),
  TLS: env.flag().default(false),
  PAUSE: env.seconds().default(1_000),
  AUTH: z.enum(['oidc', 'token']),
  API_TOKEN: env.secret().optional(),
});

const problemsOf = (source: Record<string, string>): readonly string[] => {
  try {
    readEnvironment(schema, source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
};

const good = { KAFKA_BROKERS: 'a:1, b:2', DATABASE_URL: 'postgresql://u:p@h/d', AUTH: 'token' };

describe('readEnvironment', () => {
  it('reads typed settings and fills in defaults', () => {
    expect(readEnvironment(schema, { ...good, TLS: 'Yes', PAUSE: '0.25', PORT: '' })).toEqual({
      KAFKA_BROKERS: ['a:1', 'b:2'],
      DATABASE_URL: 'postgresql://u:p@h/d',
      PORT: 8080,
      TLS: true,
      PAUSE: 250,
      AUTH: 'token',
    });
  });

  it('lists every problem by name', () => {
    const problems = problemsOf({
      DATABASE_URL: 'mysql://x',
      PORT: '70000',
      TLS: 'perhaps',
      PAUSE: '-1',
      AUTH: 'magic',
    });
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual(
      ['AUTH', 'DATABASE_URL', 'KAFKA_BROKERS', 'PAUSE', 'PORT', 'TLS'].sort(),
    );
    expect(problems).toContain('KAFKA_BROKERS: is not set');
  });

  it('reads what may be renewed again from its file, at each use', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'renewed-')), 'password');
    const renewed = z.object({ PASSWORD: env.renewed(env.secret()), PLACE: env.renewed(env.url('http')).optional() });
    writeFileSync(file, 'one\n');
    const { PASSWORD } = readEnvironment(renewed, { PASSWORD_FILE: file });
    const now = () => (typeof PASSWORD === 'string' ? undefined : PASSWORD());
    expect(now()).toBe('one');
    writeFileSync(file, 'two\n');
    expect(now()).toBe('two');
    expect(readEnvironment(renewed, { PASSWORD: 'given' })).toEqual({ PASSWORD: 'given' });
    expect(() => readEnvironment(renewed, { PLACE: 'secret-host' })).toThrow(/PASSWORD: is not set[^]*PLACE: must be/);
    expect(() => readEnvironment(renewed, { PLACE: 'secret-host' })).not.toThrow(/secret-host/);
  });

  it('never repeats a value', () => {
    const value = 'hunter2hunter2';
    const everything = Object.fromEntries(variableNames(schema).map((name) => [name, value]));
    const said = problemsOf(everything).join('\n');
    expect(said).toContain('PORT');
    expect(said).not.toContain(value);
  });

  it('reads a variable from the file that NAME_FILE names', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'environment-')), 'token');
    writeFileSync(file, 's3cret\n');
    expect(readEnvironment(schema, { ...good, API_TOKEN_FILE: file }).API_TOKEN).toBe('s3cret');
    expect(problemsOf({ ...good, API_TOKEN_FILE: file, API_TOKEN: 'x' })).toEqual([
      'API_TOKEN: is set twice, also as API_TOKEN_FILE',
    ]);
    expect(problemsOf({ ...good, API_TOKEN_FILE: '/nowhere/s3cret' })).toEqual([
      'API_TOKEN_FILE: the file cannot be read',
    ]);
  });

  it('keeps problems that a refinement finds between variables', () => {
    const refined = schema.superRefine((value, context) => {
      if (value.AUTH === 'token' && !value.API_TOKEN) {
        context.addIssue({ code: 'custom', path: ['API_TOKEN'], message: 'must be set when AUTH is token' });
      }
    });
    expect(() => readEnvironment(refined, good)).toThrow('API_TOKEN: must be set when AUTH is token');
  });
});
