import { TOPICS, type OutgoingRecord } from '@collection-sync/core';

export const LATER = ['fields', 'version'] as const;

/** What a later release might send: fields that nobody knows yet in every object, or another major version. */
export const laterRelease =
  (kind: (typeof LATER)[number]) =>
  async (record: OutgoingRecord): Promise<OutgoingRecord> => {
    if (kind === 'fields')
      return {
        ...record,
        headers: { ...record.headers, ce_addedlater: 'new' },
        value: JSON.stringify(grown(JSON.parse(record.value))),
      };
    if (record.topic !== TOPICS.membershipChange) return record;
    return { ...record, headers: { ...record.headers, ce_type: record.topic.replace(/\.v1$/, '.v2') } };
  };

const grown = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(grown);
  if (typeof value !== 'object' || value === null) return value;
  // a map of numbers, not a record with fields
  const fields = Object.entries(value).map(([name, field]) => [name, name === 'figures' ? field : grown(field)]);
  return { ...Object.fromEntries(fields), addedLater: { list: [1], text: 'new' } } as object;
};
