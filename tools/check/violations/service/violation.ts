import { GraphClient } from '@collection-sync/graph'; // breaks no-restricted-imports
import type { MeteredGraph } from '@collection-sync/graph';

export type Clients = [GraphClient, MeteredGraph];
