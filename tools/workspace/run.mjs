import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

const binaries = join(root, 'node_modules', '.bin');

/** The environment of every command: the Node of the project (24, from npm) and its programs first. */
export function environment(extra = {}) {
  return { ...process.env, ...extra, PATH: `${binaries}${delimiter}${process.env.PATH}` };
}

/**
 * Runs a command of the project with our output and resolves with its exit code. Signals that we get are passed on, and we wait for the
 * command to end by itself.
 */
export function run(command, args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ['inherit', quiet ? 'ignore' : 'inherit', 'inherit'];
    const child = spawn(command, args, {
      cwd: root,
      env: environment(env),
      stdio,
      shell: process.platform === 'win32',
    });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/** Runs a step of a longer work with a line before it; ends this process when it fails. */
export async function step(title, command, args, options) {
  const begin = Date.now();
  console.error(`\n> ${title}`);
  const code = await run(command, args, options);
  if (code !== 0) {
    console.error(`> ${title}: failed (exit code ${code})`);
    process.exit(code);
  }
  console.error(`> ${title}: done in ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}
