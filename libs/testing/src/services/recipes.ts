import { kafka } from './kafka.js';
import { postgres } from './postgres.js';
import type { Recipe, ServiceName } from './recipe.js';
import { redis } from './redis.js';

export const recipes: Record<ServiceName, Recipe> = { kafka, postgres, redis };

export const serviceNames: ServiceName[] = ['kafka', 'postgres', 'redis'];
