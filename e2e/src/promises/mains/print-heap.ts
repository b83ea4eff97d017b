import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** At SIGUSR2 the process prints its live heap: what is used after a full collection, in bytes. */
export const printHeap = (): void => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  process.on('SIGUSR2', () => {
    collect();
    process.stdout.write(`live heap ${process.memoryUsage().heapUsed}\n`);
  });
};
