import '@collection-sync/bus'; // breaks @nx/enforce-module-boundaries
import 'rxjs'; // breaks @nx/enforce-module-boundaries
import 'zod';
