import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adminServiceSwitches } from './adminservice/adminservice-switches.js';
import { graphSwitches } from './graph/graph-switches.js';

const page = readFileSync(new URL('../../../docs/simulator.md', import.meta.url), 'utf8');

describe('docs/simulator.md', () => {
  it.each([...Object.keys(graphSwitches.shape), ...Object.keys(adminServiceSwitches.shape)])(
    'tells about %s',
    (name) => {
      expect(page).toContain(`\`${name}\``);
    },
  );
});
