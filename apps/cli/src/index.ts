export { EXIT } from './exit-codes.js';
export { buildProgram } from './program.js';
