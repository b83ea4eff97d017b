import { Script } from './script.js';

// KEYS[1] what is held; ARGV[1] the holder's value, ARGV[2] for how many milliseconds

export const TAKE = new Script(`
local held = redis.call('get', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`);

export const EXTEND = new Script(`
if redis.call('get', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('pexpire', KEYS[1], ARGV[2])`);

export const RELEASE = new Script(`
if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end
return 1`);

/** ARGV[1] an epoch: what an older one holds is taken away. */
export const REVOKE = new Script(`
local held = redis.call('get', KEYS[1])
local epoch = held and tonumber(string.match(held, '^(%d+)|'))
if epoch and epoch < tonumber(ARGV[1]) then redis.call('del', KEYS[1]) end
return 1`);
