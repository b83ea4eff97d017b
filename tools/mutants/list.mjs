import { adapters } from './adapters.mjs';
import { content } from './content.mjs';
import { guard } from './guard.mjs';
import { runs } from './runs.mjs';
import { shown } from './shown.mjs';

// Small faults of the heart of the product, and the tests that must notice each. `why` says of one that nothing can notice it.
export const mutants = [...guard, ...runs, ...adapters, ...content, ...shown];
