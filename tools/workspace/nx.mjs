import { mustStep, step } from './run.mjs';

const many = (targets, args) => ['run-many', '--outputStyle=static', '--targets', targets.join(), ...args];

/** Runs these targets wherever they are; what did not change since it last went well is not done again. Resolves with the exit code. */
export const nx = (title, targets, args = []) => step(title, 'nx', many(targets, args));

/** The same, for what nothing goes on without. */
export const mustNx = (title, targets, args = []) => mustStep(title, 'nx', many(targets, args));
