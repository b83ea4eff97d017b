import '@collection-sync/core';
import '@collection-sync/redis'; // breaks @nx/enforce-module-boundaries
import '@collection-sync/platform'; // breaks @nx/enforce-module-boundaries
import 'kafkajs';
import 'pg'; // breaks @nx/enforce-module-boundaries
import 'ioredis'; // breaks @nx/enforce-module-boundaries
import '@azure/identity'; // breaks @nx/enforce-module-boundaries
