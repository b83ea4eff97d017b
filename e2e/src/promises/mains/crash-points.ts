import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A hook for named points. A file of that name in the folder asks for a signal (its content) there: whoever passes first takes the file,
 * and gets the signal in the middle of its work.
 */
export const crashPoints =
  (folder: string) =>
  (name: string): void => {
    const taken = join(folder, `${name}.${process.pid}`);
    try {
      renameSync(join(folder, name), taken);
    } catch {
      return;
    }
    process.kill(process.pid, readFileSync(taken, 'utf8').trim());
  };
