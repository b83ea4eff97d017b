import { busContract } from '../../test/bus-contract.js';
import { closeBuses, kafkaTopics } from '../../test/kafka.js';

busContract('Kafka bus', async () => {
  const { bus } = await kafkaTopics();
  return { process: () => bus(), close: closeBuses };
});
