import { type RawRecord, storable, storableText, type TopicName } from '@collection-sync/core';
import type { IHeaders, KafkaMessage } from 'kafkajs';

export const rawRecord = (topic: TopicName, partition: number, message: KafkaMessage): RawRecord => ({
  topic,
  partition,
  offset: message.offset,
  key: storableText(message.key?.toString('utf8') ?? ''),
  headers: storable(textHeaders(message.headers ?? {})),
  value: message.value,
});

/** Of a header that came several times the last one counts. */
const textHeaders = (headers: IHeaders): Record<string, string> => {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) texts[name] = last.toString('utf8');
  }
  return texts;
};
