import { env } from '@collection-sync/core';
import { commonVariables } from '@collection-sync/platform';
import { z } from 'zod';

/** What the step reads from its environment. */
export const demoEnvironment = z.object({
  LOG_LEVEL: commonVariables.LOG_LEVEL,
  STATUS_URL: env.url('http', 'https').describe('the status service, such as http://status:8080'),
  API_TOKEN: env.secret().describe('the local token of the status service, best as API_TOKEN_FILE'),
  AZURE_TENANT_ID: env.text().describe('the simulated tenant'),
});
