import { tenantEnvironment } from '@collection-sync/graph';
import { commonVariables, connectionEnvironment, env } from '@collection-sync/platform';
import { z } from 'zod';

/** What the process reads from its environment. */
export const writerEnvironment = z
  .object({
    ...commonVariables,
    WRITER_RUNS: env
      .integer(1, 100)
      .prefault('8')
      .describe(
        'full runs under way at once in this process, and as many incremental ones; one more of each for each further tenant',
      ),
  })
  .and(connectionEnvironment)
  .and(tenantEnvironment);
