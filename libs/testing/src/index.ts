export { services, type Addresses } from './addresses.js';
export { cleanUp, whenDone } from './clean-up.js';
export { readOptions } from './command-line.js';
export { readVariable, withEnvironment, withVariable } from './environment.js';
export { eventually, type EventuallyOptions } from './eventually.js';
export { freshDatabase, type FreshDatabaseOptions } from './fresh-database.js';
export { freshRedis } from './fresh-redis.js';
export { freshTopicPrefix, type FreshTopicPrefixOptions } from './fresh-topic-prefix.js';
export { startKerberos, type KerberosRealm } from './kerberos.js';
export {
  startKafka,
  startKafkaWith,
  startPostgres,
  startPostgresWithStandby,
  startRedis,
  startRedisCluster,
  startSecureKafka,
} from './own-services.js';
export { runProcess, type Exit, type RunProcessOptions, type RunningProcess } from './run-process.js';
export type { OwnService } from './services/own-service.js';
export { freePorts } from './services/ports.js';
export { readEvent } from './read-event.js';
export { refuseOtherChanges, type TableOfStates } from './refuse-other-changes.js';
export { pathWithPostgresClients } from './services/postgres-clients.js';
export { withServices } from './with-services.js';
export { uniqueName } from './unique-name.js';
export { makeCertificate, type Certificate } from './certificate.js';
export { startTlsFront } from './tls-front.js';
export { startMovingAddress, type MovingAddress } from './moving-address.js';
export { startSilencer, type Silencer } from './silencer.js';
export { PlanReader, type Plan } from './plan-reader.js';
