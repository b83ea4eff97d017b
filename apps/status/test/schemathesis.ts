import { execFile } from 'node:child_process';
import { access, mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const VERSION = '4.32.5';
const FOLDER = fileURLToPath(new URL(`../../../../.services/schemathesis-${VERSION}/`, import.meta.url));
const PROGRAM = `${FOLDER}bin/schemathesis`;
const INSTALL_MS = 300_000;

/** The program, installed into a folder of its own when it is not there yet. Needs Python 3.10 or newer with venv. */
export const schemathesis = async (): Promise<string> => {
  if (await exists(PROGRAM)) return PROGRAM;
  await mkdir(FOLDER, { recursive: true });
  try {
    await run('python3', ['-m', 'venv', FOLDER], { timeout: INSTALL_MS });
    await run(`${FOLDER}bin/pip`, ['install', '--quiet', `schemathesis==${VERSION}`], { timeout: INSTALL_MS });
  } catch (error) {
    await rm(FOLDER, { recursive: true, force: true });
    throw new Error('schemathesis cannot be installed; install Python 3.10 or newer with its venv module', {
      cause: error,
    });
  }
  return PROGRAM;
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
