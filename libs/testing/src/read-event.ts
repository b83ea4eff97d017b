import { decodeEvent, type EventOf, type TopicName } from '@collection-sync/core';

/** What a reader of the topic finds in a record; throws where it finds nothing. */
export const readEvent = <T extends TopicName>(
  topic: T,
  value: string,
  headers: Readonly<Record<string, string>> = {},
): EventOf<T> => {
  const decoded = decodeEvent(topic, headers, value);
  if (!decoded.ok) throw new Error(decoded.why);
  return decoded.event;
};
