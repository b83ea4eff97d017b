import { tenantEnvironment } from '@collection-sync/graph';
import { commonVariables, connectionEnvironment, env } from '@collection-sync/platform';
import { z } from 'zod';

/** How the directories are watched. */
export const directoryEnvironment = z.object({
  DIRECTORY_POLL_SECONDS: env.seconds().prefault('30').describe('how often Microsoft Graph is asked for changes'),
});

/** What the process reads from its environment. */
export const resolverEnvironment = z
  .object(commonVariables)
  .and(directoryEnvironment)
  .and(connectionEnvironment)
  .and(connectionEnvironment)
  .and(tenantEnvironment);

/** The settings that an environment names. */
export const resolverSettingsOf = (environment: z.output<typeof directoryEnvironment>) => ({
  feedEveryMs: environment.DIRECTORY_POLL_SECONDS,
});
