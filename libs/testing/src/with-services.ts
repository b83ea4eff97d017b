import { cleanUp } from './clean-up.js';
import { setVariables } from './environment.js';
import { startServices } from './services/service-set.js';

/** For a program outside of the tests: real services while it works, and nothing of it left behind. */
export const withServices = async <T>(work: () => Promise<T>): Promise<T> => {
  const started = await startServices();
  setVariables(started.env);
  try {
    return await work();
  } finally {
    await cleanUp();
    await started.stop();
  }
};
