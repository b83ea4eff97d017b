/**
 * `Retry-After` in milliseconds: whole seconds, decimal seconds (Graph sends both) or an HTTP date. Undefined when the
 * header is missing or makes no sense. https://learn.microsoft.com/graph/throttling
 */
export const parseRetryAfter = (value: string | undefined, now: number = Date.now()): number | undefined => {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  if (!/[a-z]/i.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};
