/**
 * `Retry-After` in milliseconds: whole seconds, decimal seconds (Graph sends both) or an HTTP date. Undefined when the
 * header is missing or makes no sense; a longer one than a quarter of an hour is not believed. https://learn.microsoft.com/graph/throttling
 */
export const parseRetryAfter = (value: string | undefined, now: number = Date.now()): number | undefined => {
  const wait = waitOf(value, now);
  return wait === undefined ? undefined : Math.min(wait, LONGEST_WAIT_MS);
};

const LONGEST_WAIT_MS = 15 * 60_000;

const waitOf = (value: string | undefined, now: number): number | undefined => {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  if (!/[a-z]/i.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};
