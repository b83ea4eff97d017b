import { commonVariables, databaseVariables } from '@collection-sync/platform';
import { z } from 'zod';

/** What the step reads from its environment. Its account may create schemas and tables; those of the services need not. */
export const migrateEnvironment = z.object({ LOG_LEVEL: commonVariables.LOG_LEVEL, ...databaseVariables });
