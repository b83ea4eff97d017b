import '@collection-sync/postgres'; // breaks @nx/enforce-module-boundaries
import 'pg-cursor'; // breaks @nx/enforce-module-boundaries
import 'pino';
