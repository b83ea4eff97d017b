import { BULK_LEAVES } from '@collection-sync/core';
import {
  BRAKE_FROM,
  FIRST_BACKOFF_MS,
  FREE_WHEN_QUIET,
  HEAVIEST_PATCH,
  LIGHTER_AFTER_MS,
  LONGEST_BLOCK_MS,
  LONGEST_WAIT_MS,
  PERCENTAGE_TOLERANCE,
  READS_LEAVE,
  ROOM_BELOW,
  SHORTEST_WAIT_MS,
  SILENT_MS,
} from './budget-rules.js';
import { Script } from './script.js';

/**
 * The rules of budget-rules.ts, step for step, as one atomic script on one book. KEYS[1] the book; ARGV: what to do, now (empty: the
 * clock of Redis), the limits (writes, its window, units, its window, reserve), then what the step needs.
 */
export const BUDGET = new Script(`
local now = tonumber(ARGV[2])
if not now then
  local time = redis.call('time')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local limit = { writes = tonumber(ARGV[3]), writeWindow = tonumber(ARGV[4]), units = tonumber(ARGV[5]), unitWindow = tonumber(ARGV[6]) }
local share = math.min(1, math.max(0, 1 - tonumber(ARGV[7])))
local size = { writes = math.max(1, limit.writes * share), units = math.max(1, limit.units * share) }
local writesPerMs = size.writes / limit.writeWindow
local unitsPerMs = size.units / limit.unitWindow

local stored = redis.call('get', KEYS[1])
local book = stored and cjson.decode(stored) or {
  writes = 0, units = 0, spent = 0, at = now, pace = 1, blocked = 0, backoffs = 0, throttled = 0, weight = 1, weighed = now, known = 0, waiting = {}
}
book.known = book.known or 2

local function refillUntilNow()
  book.blocked = math.min(book.blocked, now + ${LONGEST_BLOCK_MS})
  book.at = math.min(book.at, math.max(now, book.blocked))
  local elapsed = math.max(0, now - book.at)
  book.writes = math.min(size.writes, book.writes + elapsed * writesPerMs * book.pace)
  book.units = math.min(size.units, book.units + elapsed * unitsPerMs * book.pace)
  book.spent = math.max(0, book.spent - elapsed * writesPerMs)
  book.pace = math.min(1, book.pace + elapsed / limit.writeWindow)
  book.at = math.max(book.at, now)
  book.weighed = math.min(book.weighed, now)
  local lighter = math.floor((now - book.weighed) / ${LIGHTER_AFTER_MS})
  book.weight = math.max(1, book.weight - lighter)
  book.weighed = book.weighed + lighter * ${LIGHTER_AFTER_MS}
  local heard = {}
  for _, one in ipairs(book.waiting) do
    if now - one.seen <= ${SILENT_MS} then
      one.seen = math.min(one.seen, now)
      heard[#heard + 1] = one
    end
  end
  book.waiting = heard
end

-- replicas of the release before read the class of a ticket as its lane
local function ask(class, ticket, writesCost, unitsCost)
  local at
  for index, one in ipairs(book.waiting) do
    if one.lane == class and one.ticket == ticket then at = index end
  end
  if not at then
    at = #book.waiting + 1
    book.waiting[at] = { lane = class, ticket = ticket }
  end
  local own = book.waiting[at]
  own.writes, own.units, own.seen = writesCost, unitsCost, now

  local others, writes, units = 0, -book.writes, -book.units
  for index, one in ipairs(book.waiting) do
    local before = (one.writes > 0) == (own.writes > 0) and (one.lane == class or one.lane == 'interactive')
    if index ~= at and before and not (one.lane == class and index > at) then
      others = others + 1
      writes = writes + one.writes
      units = units + one.units
    end
  end
  if own.writes > 0 then
    writes = writes + math.min(size.writes, own.writes + (class == 'bulk' and book.known > 0 and ${BULK_LEAVES} or 0))
    units = units + math.min(size.units, own.units)
  else
    writes = 0
    units = units + math.min(size.units, own.units + (class == 'bulk' and ${READS_LEAVE.bulk} or ${READS_LEAVE.interactive}))
  end

  local refill = math.max(writes / writesPerMs, units / unitsPerMs) / book.pace
  local blocked = math.max(0, book.blocked - now)
  if others == 0 and blocked == 0 and refill <= 1e-6 then
    table.remove(book.waiting, at)
    book.writes = book.writes - own.writes
    book.units = book.units - own.units
    book.spent = math.min(size.writes, book.spent + own.writes)
    if own.writes > 0 then book.known = math.max(1, book.known) end
    return 0
  end
  local wait = math.max(blocked, refill > 0 and book.at - now + refill or 0)
  local least = math.min(1000, ${SHORTEST_WAIT_MS} * math.max(1, others))
  return math.ceil(math.min(${LONGEST_WAIT_MS}, math.max(least, wait)) - 1e-6)
end

local function forget(class, ticket)
  local staying = {}
  for _, one in ipairs(book.waiting) do
    if one.lane ~= class or one.ticket ~= ticket then staying[#staying + 1] = one end
  end
  book.waiting = staying
end

local function throttled(retryAfter, parts, quota)
  local news = now >= book.blocked
  if now - book.blocked > limit.writeWindow then book.backoffs = 0 end
  book.throttled = book.throttled + math.max(1, parts or 1)
  local wait = retryAfter
  if not wait and news then
    wait = math.min(limit.writeWindow, ${FIRST_BACKOFF_MS} * 2 ^ book.backoffs)
    book.backoffs = math.min(20, book.backoffs + 1)
  end
  if news and quota and book.spent < ${ROOM_BELOW} * size.writes then
    book.weight = math.min(${HEAVIEST_PATCH}, book.weight * 2)
    book.weighed = now
  end
  book.blocked = math.max(book.blocked, now + math.min(${LONGEST_BLOCK_MS}, math.max(0, wait or 0)))
  if quota then
    book.writes = math.min(0, book.writes)
    book.units = math.min(0, book.units)
    book.at = math.max(now, book.blocked)
  end
end

local function feedback(percentage, retryAfter, parts, quota, quiet)
  if percentage and percentage >= ${BRAKE_FROM} then
    local left = math.max(0, 1 + ${PERCENTAGE_TOLERANCE} - percentage)
    book.writes = math.min(book.writes, limit.writes * left)
    book.units = math.min(book.units, limit.units * left)
    book.pace = math.min(book.pace, 1 / math.max(1, percentage))
  end
  if quiet and book.known < 2 then
    book.writes = math.max(book.writes, ${FREE_WHEN_QUIET} * size.writes - book.spent)
  end
  book.known = 2
  if retryAfter or (parts or 0) > 0 then throttled(retryAfter, parts, quota) end
end

refillUntilNow()
local answer
if ARGV[1] == 'ask' then
  answer = ask(ARGV[8], ARGV[9], tonumber(ARGV[10]), tonumber(ARGV[11]))
elseif ARGV[1] == 'forget' then
  forget(ARGV[8], ARGV[9])
elseif ARGV[1] == 'feedback' then
  feedback(tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10]), ARGV[11] ~= 'other', ARGV[12] == 'true')
else
  local queued = 0
  for _, one in ipairs(book.waiting) do queued = queued + one.writes end
  answer = cjson.encode({
    writes = book.writes, units = book.units, queued = queued, patchWeight = book.weight,
    blockedMs = math.max(0, book.blocked - now), throttled = book.throttled
  })
end
redis.call('set', KEYS[1], cjson.encode(book))
return answer`);
