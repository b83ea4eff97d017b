import { describe, expect, it } from 'vitest';
import { REASONS } from './reasons.js';

describe('reasons', () => {
  it('each say what to do in whole sentences', () => {
    for (const { advice } of Object.values(REASONS)) expect(advice).toMatch(/^[A-Z].{20,}\.$/s);
  });
});
