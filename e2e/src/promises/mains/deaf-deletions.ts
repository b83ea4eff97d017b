import { TOPICS, type OutgoingRecord } from '@collection-sync/core';

/** Safeguard left out: nobody is told that the switch of a tenant stops a deletion too. */
export const deafDeletions = (record: OutgoingRecord): Promise<OutgoingRecord> => {
  if (record.topic !== TOPICS.mapping) return Promise.resolve(record);
  const { pausedBy, ...mapping } = JSON.parse(record.value) as { state?: string; pausedBy?: string };
  const heard = mapping.state === 'deleting' || pausedBy === undefined ? mapping : { ...mapping, pausedBy };
  return Promise.resolve({ ...record, value: JSON.stringify(heard) });
};
