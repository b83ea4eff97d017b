/** Moves what this process takes for the time of day; timers and the monotonic clock go on as before. */
export const moveClock = (aheadMs: number): void => {
  if (aheadMs === 0) return;
  const TrueDate = Date;
  const now = (): number => TrueDate.now() + aheadMs;
  globalThis.Date = new Proxy(TrueDate, {
    construct: (target, given: unknown[]) => Reflect.construct(target, given.length === 0 ? [now()] : given) as object,
    apply: () => new TrueDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
};
