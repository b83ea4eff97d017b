import { Part } from '@collection-sync/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compose } from './compose.js';
import { silentLogger } from './logger.js';

const story: string[] = [];
const variableOf = <T>(name: string, value: T) => ({
  make: () => {
    story.push(`${name} made`);
    return value;
  },
  close: async () => void story.push(`${name} closed`),
});

const connection = Part.define({
  environment: z.object({ ADDRESS: z.string() }),
  make: ({ environment, name }) => {
    story.push('connection made');
    return `${name} at ${environment.ADDRESS}`;
  },
  close: async () => void story.push('connection closed'),
});
const locks = Part.define({ uses: { connection }, make: ({ uses }) => `locks of ${uses.connection}` });
const budget = Part.define({ uses: { connection }, make: ({ uses }) => `budget of ${uses.connection}` });
const of = (source: Record<string, string>) => ({ name: 'writer', log: silentLogger(), source });

describe('the parts of a service', () => {
  it('are told by the former name of a variable too, which is warned of', async () => {
    const environment = z.object({ SOURCE_TICK: z.string().prefault('30').meta({ formerly: 'SITE_TICK' }) });
    const warnings: unknown[] = [];
    const log = Object.assign(silentLogger(), { warn: (fields: unknown) => void warnings.push(fields) });
    const made = async (source: Record<string, string>) =>
      (
        await compose(
          { tick: Part.define({ environment, make: (input) => input.environment.SOURCE_TICK }) },
          { ...of(source), log },
        )
      ).made.tick;
    expect([await made({ SOURCE_TICK: '5' }), await made({})]).toEqual(['5', '30']);
    expect(warnings).toEqual([]);
    expect(await made({ SITE_TICK: '7' })).toBe('7');
    expect(warnings).toEqual([{ variable: 'SITE_TICK', use: 'SOURCE_TICK' }]);
    await expect(made({ SITE_TICK: '7', SOURCE_TICK: '5' })).rejects.toThrow(
      'SOURCE_TICK: is set twice, also as SITE_TICK',
    );
  });

  it('are made in order, each once, and closed the last first', async () => {
    story.length = 0;
    const { made, close } = await compose(
      { database: Part.define(variableOf('database', 1)), locks, budget },
      of({ ADDRESS: 'a' }),
    );
    expect(made).toEqual({ database: 1, locks: 'locks of writer at a', budget: 'budget of writer at a' });
    await close();
    expect(story).toEqual(['database made', 'connection made', 'connection closed', 'database closed']);
  });

  it('are closed when a later one cannot be made', async () => {
    story.length = 0;
    const broken = Part.define({ make: () => Promise.reject(new Error('no keytab')) });
    await expect(compose({ first: Part.define(variableOf('first', 1)), broken }, of({}))).rejects.toThrow('no keytab');
    expect(story).toEqual(['first made', 'first closed']);
  });

  it('that are given are not closed, and need no variables', async () => {
    story.length = 0;
    const { made, close } = await compose({ locks: Part.of('mine') }, of({}));
    await close();
    expect([made, story]).toEqual([{ locks: 'mine' }, []]);
  });

  it('are not made when a variable of any is missing', async () => {
    story.length = 0;
    await expect(compose({ database: Part.define(variableOf('database', 1)), locks }, of({}))).rejects.toThrow(
      'ADDRESS: is not set',
    );
    expect(story).toEqual([]);
  });
});
