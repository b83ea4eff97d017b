import { readVariable, setVariables } from './environment.js';
import { prepareKerberos } from './kerberos.js';
import { sweep } from './services/instance-folder.js';
import { lastingEnvironment, startServices } from './services/service-set.js';

const report = (line: string) => console.error(`services: ${line}`);

/**
 * Real services for the integration project: those in the environment, those that `npm run services -- up` left running, or a set of its
 * own. Without them the run fails; nothing is skipped.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const lasting = await lastingEnvironment();
  if (lasting)
    setVariables(Object.fromEntries(Object.entries(lasting).filter(([name]) => readVariable(name) === undefined)));
  const services = await startServices(report);
  setVariables(services.env);
  // only some tests need it, and fail with what to install
  await prepareKerberos().catch((error: Error) => report(error.message));
  return async () => {
    await services.stop();
    await sweep();
  };
}
