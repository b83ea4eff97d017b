import type { LeaseClaim } from '@collection-sync/core';

/** What a lease says about its holder: `epoch|claim|collection`. */
export const leaseValue = ({ epoch, claim, collection }: LeaseClaim): string => `${epoch}|${claim}|${collection}`;
