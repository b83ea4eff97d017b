export type { Bus } from './bus.js';
export { type BatchHandler, OnState, OnWork, STATE } from './decorators.js';
export { kafka, kafkaEnvironment } from './environment.js';
export { type CompactedStore, MemoryCompactedStore } from './in-process/compacted-store.js';
export { InProcessBus, type InProcessBusOptions } from './in-process/in-process-bus.js';
export { createTopics, topicConfig, type CreateTopicsOptions } from './kafka/create-topics.js';
export { KafkaBus, type KafkaBusOptions } from './kafka/kafka-bus.js';
export type { KafkaConnection } from './kafka/kafka-options.js';
export { Transport } from './transport.js';
