import { writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newInstanceFolder, removeInstanceFolder, servicesIn, sweep } from './instance-folder.js';
import { OwnService } from './own-service.js';
import { isAlive, referenceTo } from './processes.js';
import { recipes } from './recipes.js';

it('stops what a process that has ended left behind, and leaves what belongs to a living one', async () => {
  const [orphaned, ours] = [await newInstanceFolder(), await newInstanceFolder()];
  try {
    const orphan = await OwnService.create(recipes.redis, join(orphaned, 'redis'));
    const kept = await OwnService.create(recipes.redis, join(ours, 'redis'));
    const process = referenceTo(orphan.pid!);
    await writeFile(join(orphaned, 'owner.json'), JSON.stringify({ pid: 1, startedAt: 'before this machine started' }));

    await sweep();

    expect(isAlive(process)).toBe(false);
    expect(existsSync(orphaned)).toBe(false);
    expect(await kept.answers()).toBe(true);
    expect((await servicesIn(ours)).map((service) => [service.name, service.address, service.pid])).toEqual([
      ['redis', kept.address, kept.pid],
    ]);
  } finally {
    await removeInstanceFolder(orphaned);
    await removeInstanceFolder(ours);
  }
});
