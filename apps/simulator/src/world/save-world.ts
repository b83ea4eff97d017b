import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportWorld } from './export-world.js';
import type { World } from './world.js';

/** Writes the world as `--world <file>` reads it. A process that is killed meanwhile leaves the file of before. */
export const saveWorld = async (world: World, file: string): Promise<void> => {
  await pipeline(Readable.from(exportWorld(world)), createWriteStream(`${file}.part`));
  await rename(`${file}.part`, file);
};
