export const KAFKA_VERSION = '4.3.0';
