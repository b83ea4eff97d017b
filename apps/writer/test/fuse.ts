import { AppError, type LeaseStore } from '@collection-sync/core';
import type { Database } from '@collection-sync/postgres';

/** A process that may die at any moment: from then on nothing of it reaches the database or Redis, whatever it still does. */
export class Fuse {
  blown = false;

  database(real: Database): Database {
    return new Proxy(real, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) =>
          this.blown ? Promise.reject(dead()) : (value as (...all: unknown[]) => unknown).apply(target, given);
      },
    });
  }

  leases(real: LeaseStore): LeaseStore {
    return new Proxy(real, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) =>
          this.blown ? Promise.reject(dead()) : (value as (...all: unknown[]) => unknown).apply(target, given);
      },
    });
  }

  /** For `settings.onPoint`: dies when a point is passed for the n-th time. */
  at(point: string, times = 1): (name: string) => void {
    let passed = 0;
    return (name) => {
      if (name !== point || ++passed < times) return;
      this.blown = true;
      throw dead();
    };
  }
}

const dead = (): AppError => new AppError('DATABASE_UNAVAILABLE', 'this writer is dead');
