import { kafkaEnvironment } from '@collection-sync/bus';
import { env } from '@collection-sync/core';
import { identityEnvironment } from '@collection-sync/graph';
import { commonVariables } from '@collection-sync/platform';
import { z } from 'zod';

/** What the step reads from its environment, beside how to reach Kafka. */
export const topicsEnvironment = z
  .object({
    LOG_LEVEL: commonVariables.LOG_LEVEL,
    TOPIC_REPLICAS: env.integer(1, 7).default(1).describe('copies of each record; 3 in production'),
    TOPIC_PARTITIONS: env
      .integer(1, 1_000)
      .optional()
      .describe('instead of 12 and 48, for a small installation; cannot be changed later'),
  })
  .and(kafkaEnvironment)
  .and(identityEnvironment);
