// A member of the group `one` in a process of its own. Prints "key number" for each record it has handled.
import { KafkaBus } from '../dist/index.js';

const [brokers, topicPrefix, topic] = process.argv.slice(2);
const quiet = () => {};
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const transport = new KafkaBus({ brokers: brokers.split(','), clientId: 'member', topicPrefix, log }).work('one');
const take = async (records) => {
  for (const { key, event } of records) console.log(`${key} ${event.identities[0].sid}`);
};
transport.addHandler(topic, take, true);
transport.failed.addEventListener('abort', () => process.exit(1));
transport.listen(() => console.log('listening'));
