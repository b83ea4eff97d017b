export const writer = (path) => `apps/writer/src/${path}`;
export const capture = (path) => `apps/capture/src/${path}`;
export const resolver = (path) => `apps/resolver/src/${path}`;
export const status = (path) => `apps/status/src/${path}`;
export const redis = (path) => `libs/redis/src/${path}`;
export const postgres = (path) => `libs/postgres/src/${path}`;
