import '@collection-sync/core';
import '@collection-sync/bus';
import '@collection-sync/capture'; // breaks @nx/enforce-module-boundaries
import '@collection-sync/testing'; // breaks @nx/enforce-module-boundaries
import 'kafkajs'; // breaks @nx/enforce-module-boundaries
import '@nestjs/common';
import './testing/fixture.js'; // breaks no-restricted-imports

export const address = process.env['DATABASE_URL']; // breaks no-restricted-properties

export function forgotten(): void {
  Promise.resolve(); // breaks @typescript-eslint/no-floating-promises
  [1].forEach(async () => Promise.resolve()); // breaks @typescript-eslint/no-misused-promises
}

export function colour(word: 'red' | 'green'): number {
  switch (word) { // breaks @typescript-eslint/switch-exhaustiveness-check
    case 'red':
      return 1;
  }
  return 2;
}
