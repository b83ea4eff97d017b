import { AppError } from '@collection-sync/core';
import { describe, expect, it } from 'vitest';
import { createLogger, nestLogger, type Logger } from './logger.js';

const logged = (write: (log: Logger) => void, level = 'info'): Record<string, unknown>[] => {
  const lines: string[] = [];
  write(createLogger('writer', { level, destination: { write: (line: string) => void lines.push(line) } }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('createLogger', () => {
  it('writes JSON lines with service, level, time and the ids of its child', () => {
    const [line] = logged((log) => log.child({ run: 'r', target: 't' }).info({ members: 3 }, 'merged'));
    expect(line).toMatchObject({ level: 'info', service: 'writer', run: 'r', target: 't', members: 3, msg: 'merged' });
    expect(Date.parse(String(line?.['time']))).toBeGreaterThan(0);
  });

  it.each([
    [{ password: 's3cret' }, 'said'],
    [{ tenant: { clientSecret: 's3cret' } }, 'said'],
    [{ request: { headers: { authorization: 'Bearer s3cret' } } }, 'said'],
    [{ url: 'postgresql://me:s3cret@db:5432/x' }, 'said'],
    [{ deep: { er: { still: { cookie: 'Bearer s3cret-s3cret' } } } }, 'said'],
    [{}, 'cannot connect to redis://me:s3cret@cache:6379'],
    [{ error: new Error('GET rediss://:s3cret@cache failed') }, 'said'],
    [{ error: new Error('outer', { cause: new Error('Bearer s3cret.s3cret') }) }, 'said'],
  ])('does not log the secret in %j', (object, message) => {
    const text = JSON.stringify(logged((log) => log.info(object, message)));
    expect(text).toContain('***');
    expect(text).not.toContain('s3cret');
  });

  it('says what an expected error is and what to do, without a stack', () => {
    const error = new AppError('REDIS_UNAVAILABLE', 'no Redis', { cause: new TypeError('fetch failed') });
    const [line] = logged((log) => log.warn({ error }, 'waiting'));
    expect(line?.['error']).toMatchObject({
      code: 'REDIS_UNAVAILABLE',
      message: 'no Redis',
      retryable: true,
      cause: { message: 'fetch failed' },
    });
    expect(JSON.stringify(line)).not.toContain('stack');
  });

  it('keeps the stack of an unexpected one', () => {
    const [line] = logged((log) => log.error({ error: new TypeError('x is undefined') }, 'failed'));
    expect(String((line?.['error'] as { stack: string }).stack)).toContain('logger.spec');
  });

  it('carries what Nest says, its chatter only at debug level', () => {
    const speak = (log: Logger) => {
      nestLogger(log).log('mapped a route', 'Router');
      nestLogger(log).error(new Error('boom'), 'stack', 'Handler');
    };
    expect(logged(speak).map((line) => line['msg'])).toEqual(['boom']);
    expect(logged(speak, 'debug').map((line) => line['context'])).toEqual(['Router', 'Handler']);
  });
});
