import { AppError } from '@collection-sync/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Health } from './health.js';
import { createLogger } from './logger.js';
import { Loop, type LoopOptions } from './loop.js';

const loops: Loop[] = [];

const start = (options: Partial<LoopOptions> & Pick<LoopOptions, 'tick'>) => {
  const lines: { level: string; msg: string }[] = [];
  const log = createLogger('test', { destination: { write: (line: string) => void lines.push(JSON.parse(line)) } });
  const health = new Health();
  const loop = new Loop({ name: 'poll', everyMs: 3_600_000, log, health, ...options });
  loops.push(loop);
  loop.start();
  return { loop, lines, state: () => health.report().parts['poll'] };
};

afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.stop()));
});

describe('Loop', () => {
  it('runs at once, and again after its interval', async () => {
    let ticks = 0;
    const { state } = start({ everyMs: 5, tick: async () => void (ticks += 1) });
    await vi.waitFor(() => expect(ticks).toBeGreaterThan(2));
    expect(state()?.state).toBe('ok');
  });

  it('runs again at once while there is more, and lets others run in between', async () => {
    let ticks = 0;
    start({ tick: async () => (ticks += 1) < 1_000 });
    await vi.waitFor(() => expect(ticks).toBe(1_000));
  });

  it('is woken, also by what came during a tick', async () => {
    let ticks = 0;
    const first = Promise.withResolvers<void>();
    const { loop } = start({ tick: async () => void ((ticks += 1) === 1 && (await first.promise)) });
    loop.wake();
    first.resolve();
    await vi.waitFor(() => expect(ticks).toBe(2));
    loop.wake();
    await vi.waitFor(() => expect(ticks).toBe(3));
  });

  it('survives failing ticks, says each distinct error once, shows it in health, and does not spin', async () => {
    let ticks = 0;
    const { loop, lines, state } = start({
      everyMs: 0,
      tick: async () => {
        ticks += 1;
        if (ticks <= 2) throw new AppError('SOURCE_UNAVAILABLE', 'The site does not answer.');
        if (ticks === 3) throw new TypeError('x is undefined');
      },
    });
    await vi.waitFor(() => expect(state()).toMatchObject({ state: 'waiting', detail: 'The site does not answer.' }));
    for (let wakes = 0; wakes < 100; wakes += 1) loop.wake();
    expect(ticks).toBe(1);
    await vi.waitFor(() => expect(state()?.state).toBe('ok'), { timeout: 10_000 });
    expect(lines.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
      'warn poll: The site does not answer. Trying again.',
      'error poll: x is undefined',
      'info poll: works again',
    ]);
  }, 15_000);

  it('says that it works again after a success, not after a tick that tried nothing', async () => {
    let ticks = 0;
    const { lines, state } = start({
      tick: async () => {
        ticks += 1;
        if (ticks === 1) throw new AppError('SOURCE_UNAVAILABLE', 'The site does not answer.');
        return ticks === 2 ? 'idle' : undefined;
      },
    });
    await vi.waitFor(() => expect(ticks).toBe(2), { timeout: 10_000 });
    expect(lines).toHaveLength(1);
    expect(state()?.state).toBe('waiting');
    await vi.waitFor(() => expect(lines).toHaveLength(2), { timeout: 10_000 });
    expect([ticks, state()?.state]).toEqual([3, 'ok']);
  }, 15_000);

  it('takes words that differ in the name of a request for the same', async () => {
    let ticks = 0;
    const { lines } = start({
      everyMs: 0,
      tick: async () => {
        ticks += 1;
        if (ticks <= 3)
          throw new AppError('GRAPH_UNAVAILABLE', `GET /: the network failed (client-request-id ${ticks})`);
      },
    });
    await vi.waitFor(() => expect(lines.at(-1)?.msg).toBe('poll: works again'), { timeout: 10_000 });
    expect(lines).toHaveLength(2);
  }, 15_000);

  it('of many that wait for the same, one says so, and that it works again', async () => {
    const lines: string[] = [];
    const log = createLogger('test', {
      destination: { write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg) },
    });
    const health = new Health();
    let isAway = true;
    const tick = async () => {
      if (isAway) throw new AppError('DATABASE_UNAVAILABLE', 'The database does not answer: ECONNREFUSED.');
    };
    for (let at = 0; at < 20; at += 1) start({ name: `merge ${at}`, tick, log, health });
    const waiting = () => Object.values(health.report().parts).filter(({ state }) => state === 'waiting').length;
    await vi.waitFor(() => expect(waiting()).toBe(20));
    isAway = false;
    await vi.waitFor(() => expect(waiting()).toBe(0), { timeout: 10_000 });
    expect(lines).toEqual([
      'merge 0: The database does not answer: ECONNREFUSED. Trying again.',
      'merge 0: works again',
    ]);
  }, 15_000);

  it('waits at stop until the tick has ended, and tells it to', async () => {
    let ended = false;
    const { loop } = start({
      tick: async (signal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        ended = true;
        throw new Error('aborted');
      },
    });
    await loop.stop();
    expect(ended).toBe(true);
  });
});
