import kafkajs, { type logCreator } from 'kafkajs';
import type { Log } from '@collection-sync/core';

/** What kafkajs reports as an error and repeats by itself; what stays wrong is told by us, once per attempt. */
const NOISE =
  /coordinator|rebalanc|not the leader|does not host this topic|leadership election|Crash:|Connection (error|timeout)|Closed connection|Failed to connect|timed out|not aware of this member|eachBatch/i;

/** Puts the client's own lines into our log: its errors as warnings, the rest for whoever debugs. */
export const clientLog =
  (log: Log): logCreator =>
  () =>
  ({ namespace, level, log: { message, logger: _logger, timestamp: _timestamp, ...fields } }) => {
    const text = `kafka client: ${message}`;
    const noise = NOISE.test(message) || NOISE.test(String(fields['error'] ?? ''));
    if (level === kafkajs.logLevel.ERROR && !noise) log.warn({ namespace, ...fields }, text);
    else log.debug({ namespace, ...fields }, text);
  };
