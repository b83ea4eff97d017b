import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readOutcome } from './outcome.mjs';

const folder = await mkdtemp(join(tmpdir(), 'collection-sync-'));
const file = join(folder, 'report.json');
afterAll(() => rm(folder, { recursive: true }));

const numbers = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
const failing = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] };
const passing = { status: 'passed', assertionResults: [{ status: 'passed' }] };

it('knows nothing without a report', () => {
  expect(readOutcome(join(folder, 'missing.json'))).toBeUndefined();
});

it('counts tests', async () => {
  await writeFile(file, JSON.stringify({ ...numbers, testResults: [failing, passing] }));
  expect(readOutcome(file)).toEqual({ passed: 3, failed: 1, skipped: 0 });
});

it('counts a file that failed outside of its tests', async () => {
  const broken = { status: 'failed', assertionResults: [] };
  await writeFile(file, JSON.stringify({ ...numbers, testResults: [failing, broken] }));
  expect(readOutcome(file)).toMatchObject({ failed: 2 });
});

it('counts skipped tests and tests to do', async () => {
  await writeFile(file, JSON.stringify({ ...numbers, numPendingTests: 1, numTodoTests: 2, testResults: [passing] }));
  expect(readOutcome(file)).toMatchObject({ skipped: 3 });
});
