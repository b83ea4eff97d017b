import { env } from '@collection-sync/core';
import { bothOfTls, commonVariables } from '@collection-sync/platform';
import { authEnvironment } from '@collection-sync/status';
import { z } from 'zod';

/** What the process itself reads from its environment; all of it may be left out. */
export const standaloneEnvironment = z
  .object({
    TLS_CERT: commonVariables.TLS_CERT,
    TLS_KEY: commonVariables.TLS_KEY,
    HOST: env
      .text()
      .default('127.0.0.1')
      .describe('the address to listen on; the loopback unless a proxy stands in front'),
    PORT: env.port().default(8080).describe('the port of API and console; 0 takes a free one'),
    LOG_LEVEL: commonVariables.LOG_LEVEL.unwrap().default('warn').describe('how much is logged'),
    DATA_DIR: env
      .text()
      .default('.data')
      .describe('where database, local token and the simulated world are kept between starts'),
    DATABASE_URL: env
      .url('postgres', 'postgresql')
      .meta({ secret: true })
      .optional()
      .describe('a PostgreSQL database instead of the embedded one'),
    DIRECTORY_POLL_SECONDS: env.seconds().prefault('30').describe('how often Microsoft Graph is asked for changes'),
  })
  .superRefine(bothOfTls);

/** Which of the two environments counts. */
export const signInEnvironment = z.object({ API_AUTH: z.string().default('token') });

/** Beside it, where a team signs in with an OpenID provider instead of the local token. */
export const teamEnvironment = standaloneEnvironment.and(authEnvironment);
