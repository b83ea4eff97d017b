import { runProcess } from '@collection-sync/testing';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PLATFORM = new URL('../dist/index.js', import.meta.url).href;
const CORE = new URL('../../core/dist/index.js', import.meta.url).href;
const ZOD = import.meta.resolve('zod');

/** A program whose start is the body given. */
const program = async (start: string, env: Record<string, string> = {}) => {
  const file = join(await mkdtemp(join(tmpdir(), 'program-')), 'main.mjs');
  await writeFile(
    file,
    `import { readEnvironment, runMain } from '${PLATFORM}';
     import { env } from '${CORE}';
     import { z } from '${ZOD}';
     const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
     await runMain({ name: 'test', start: async (log) => { ${start} } });`,
  );
  return runProcess({ file, env });
};

const RUNNING = `setInterval(() => {}, 1000); log.info({}, 'running');`;

describe('a process', () => {
  it('that is stopped drains, then ends with 0', async () => {
    const app = await program(
      `${RUNNING} return { close: async () => { await pause(100); log.info({}, 'drained'); } };`,
    );
    await app.line(/running/);
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    expect(app.lines.at(-1)).toContain('drained');
  });

  it('that is stopped while it starts ends at once', async () => {
    const app = await program(`${RUNNING} await new Promise(() => {});`);
    await app.line(/running/);
    expect(await app.stop()).toEqual({ code: 0, signal: null });
  });

  it('that cannot drain ends with 1 and says why', async () => {
    const app = await program(`${RUNNING} return { close: async () => { throw new Error('stuck'); } };`);
    await app.line(/running/);
    expect(await app.stop()).toEqual({ code: 1, signal: null });
    expect(app.lines.at(-1)).toContain('stopping failed: stuck');
  });

  it('whose environment is wrong does not start, and lists every problem by name and none by value', async () => {
    const app = await program(
      `readEnvironment(z.object({ A_URL: env.url(), B_PORT: env.port(), C_TOKEN: env.secret() }));`,
      {
        A_URL: 'hunter2',
        B_PORT: 'hunter2',
      },
    );
    expect(await app.exited).toEqual({ code: 1, signal: null });
    for (const name of ['A_URL', 'B_PORT', 'C_TOKEN: is not set']) expect(app.lines.join('\n')).toContain(name);
    expect(app.lines.join('\n')).not.toContain('hunter2');
  });

  it.each([
    ['that cannot start', `throw new Error('no such site');`, 'cannot start: no such site'],
    [
      'that cannot go on',
      `return { close: async () => {}, failed: pause(50).then(() => new Error('evicted')) };`,
      'cannot go on: evicted',
    ],
    [
      'that meets an error nobody handles',
      `setTimeout(() => Promise.reject(new Error('lost')), 20); ${RUNNING} return { close: async () => {}, failed: new Promise(() => {}) };`,
      'lost',
    ],
  ])('%s ends with 1 and says why', async (_what, start, reason) => {
    const app = await program(start);
    expect(await app.exited).toEqual({ code: 1, signal: null });
    expect(app.lines.at(-1)).toContain(reason);
  });
});
