import { identityEnvironment } from '@collection-sync/graph';
import { commonVariables } from '@collection-sync/platform';
import { databaseEnvironment } from '@collection-sync/postgres';
import { z } from 'zod';

/** What the step reads from its environment. Its account may create schemas and tables; those of the services need not. */
export const migrateEnvironment = z
  .object({ LOG_LEVEL: commonVariables.LOG_LEVEL })
  .and(databaseEnvironment)
  .and(identityEnvironment);
