import '@collection-sync/postgres'; // breaks @nx/enforce-module-boundaries
import 'pg'; // breaks @nx/enforce-module-boundaries
import 'pino';
