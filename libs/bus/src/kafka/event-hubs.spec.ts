import { expect, it } from 'vitest';
import { isEventHubs, limitsOfEventHubs } from './event-hubs.js';

const topic = (name: string, numPartitions: number, settings: Record<string, string> = {}) => ({
  topic: name,
  numPartitions,
  configEntries: Object.entries(settings).map(([key, value]) => ({ name: key, value })),
});

it('knows a namespace of Event Hubs by its address, in every cloud', () => {
  expect(isEventHubs(['hubs.servicebus.windows.net:9093'])).toBe(true);
  expect(isEventHubs(['hubs.servicebus.chinacloudapi.cn:9093'])).toBe(true);
  expect(isEventHubs(['kafka-0.servicebus.contoso.com:9093', 'kafka:9092'])).toBe(false);
});

it('says nothing of topics that every tier has', () => {
  expect(limitsOfEventHubs([topic('collection-sync.run.v1', 32, { 'retention.ms': '604800000' })])).toEqual([]);
});

it('names each limit that is exceeded, with what helps', () => {
  const many = Array.from({ length: 11 }, (_, n) => topic(`t${n}`, 1));
  expect(limitsOfEventHubs(many)).toEqual([expect.stringContaining('11 topics')]);
  expect(limitsOfEventHubs([topic('t', 48)])).toEqual([expect.stringContaining('set TOPIC_PARTITIONS')]);
  expect(limitsOfEventHubs([topic('t', 1, { 'retention.ms': '604800001' })])).toEqual([
    expect.stringContaining('keeps 7 days'),
  ]);
  expect(limitsOfEventHubs([topic('-t', 1), topic('x'.repeat(257), 1)])).toHaveLength(2);
  expect(limitsOfEventHubs([topic('t', 1, { 'max.message.bytes': '2097152' })])).toEqual([
    expect.stringContaining('1 MB'),
  ]);
});
