import { nx } from '../workspace/nx.mjs';

const TARGETS = ['format', 'lint', 'cycles', 'rules', 'typecheck', 'build', 'docs'];

/** Format, lint with boundaries, types, generated pages: all of it, so that one look shows all that is wrong. Resolves with whether nothing is. */
export const check = async () => (await nx('check', TARGETS, ['--nxBail=false'])) === 0;
