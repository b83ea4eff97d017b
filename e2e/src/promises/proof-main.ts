import type { ServiceName } from '@collection-sync/core';

/** The program of a service with named points, and with parts that may be left out. */
export const proofMain = (service: ServiceName): string => `e2e/dist/promises/mains/${service}.js`;
