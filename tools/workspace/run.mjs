import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * Runs a command of the project with our input and output and resolves with its exit code. The Node of the project (24, from npm) and its
 * programs come first on the path. Signals that we get are passed on, and we wait for the command to end by itself.
 */
export function run(command, args, { env = {}, cwd = root } = {}) {
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env, PATH: path },
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    const forward = (signal) => {
      // A terminal has sent Ctrl-C to the command already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

// kafkajs sets timers in the past: https://github.com/tulios/kafkajs/issues/1751
export const nodeFlags = ['--disable-warning=TimeoutNegativeWarning'];

/** Runs a script with the Node of the project. */
export function runNode(script, args = [], options = {}) {
  return run('node', [...nodeFlags, script, ...args], options);
}

const TELL_EVERY_MS = 30_000;

/** Runs a step of a longer work between two lines that tell of it, and one each half minute. Resolves with its exit code. */
export async function step(title, command, args, options) {
  const begin = Date.now();
  const seconds = () => ((Date.now() - begin) / 1000).toFixed(1);
  console.error(`\n> ${title}`);
  const telling = setInterval(() => console.error(`> ${title}: at it for ${seconds()} s`), TELL_EVERY_MS);
  const code = await run(command, args, options).finally(() => clearInterval(telling));
  console.error(code === 0 ? `> ${title}: done in ${seconds()} s` : `> ${title}: FAILED (exit code ${code})`);
  return code;
}

/** A step without which nothing else makes sense: ends this process when it fails. */
export async function mustStep(title, command, args, options) {
  const code = await step(title, command, args, options);
  if (code !== 0) process.exit(code);
}
