import { readFileSync } from 'node:fs';
import type { Clock } from '../clock.js';
import { buildWorld } from './build-world.js';
import { seededWorld, SIZES, type WorldSize } from './seeded-world.js';
import { demoWorld } from './demo-world.js';
import { tenStepWorld } from './ten-step-world.js';
import type { World } from './world.js';
import type { WorldInput } from './world-spec.js';

/** Makes a world from a built-in name, a JSON file, or JSON. */
export function createWorld(
  world: string | Record<string, unknown>,
  options: { seed?: number; size?: Partial<WorldSize> },
  clock: Clock,
): World {
  if (typeof world !== 'string') return buildWorld(world as WorldInput, clock);
  switch (world) {
    case 'ten-step':
      return buildWorld(tenStepWorld, clock);
    case 'demo':
      return buildWorld({ ...demoWorld, seed: options.seed ?? demoWorld.seed }, clock);
    case 'small':
    case 'typical':
    case 'large':
      return seededWorld(world, { ...SIZES[world], ...options.size }, options.seed ?? 1, clock);
    default:
      return buildWorld(JSON.parse(readFileSync(world, 'utf8')) as WorldInput, clock);
  }
}
