import kafkajs, { type Admin } from 'kafkajs';
import { services } from './addresses.js';
import { whenDone } from './clean-up.js';
import { uniqueName } from './unique-name.js';

export interface FreshTopicPrefixOptions {
  /** The broker; the shared one by default. */
  brokers?: string;
}

/**
 * A beginning for names of topics and consumer groups that no other test uses: `t-<10 hex digits>.`. Topics and groups whose names begin
 * with it are deleted when the test file is done, as far as the broker still answers and the groups are empty.
 */
export function freshTopicPrefix({ brokers = services().kafkaBrokers }: FreshTopicPrefixOptions = {}): string {
  const prefix = `${uniqueName('t')}.`;
  whenDone(() => deleteAll(prefix, brokers).catch(() => undefined));
  return prefix;
}

async function deleteAll(prefix: string, brokers: string): Promise<void> {
  const kafka = new kafkajs.Kafka({
    clientId: 'collection-sync-testing',
    brokers: brokers.split(','),
    connectionTimeout: 2_000,
    retry: { retries: 1 },
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  try {
    await Promise.allSettled([deleteTopics(admin, prefix), deleteGroups(admin, prefix)]);
  } finally {
    await admin.disconnect();
  }
}

async function deleteTopics(admin: Admin, prefix: string): Promise<void> {
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
  if (topics.length > 0) await admin.deleteTopics({ topics });
}

async function deleteGroups(admin: Admin, prefix: string): Promise<void> {
  const { groups } = await admin.listGroups();
  const mine = groups.map((group) => group.groupId).filter((group) => group.startsWith(prefix));
  if (mine.length > 0) await admin.deleteGroups(mine);
}
