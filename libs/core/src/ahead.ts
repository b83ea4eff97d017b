/**
 * The same items, each asked for while the one before is used. What may be the last one, since it `ends` what is wanted, is not read past.
 * Whoever stops early waits for the one that was asked for.
 */
export async function* ahead<T>(items: AsyncIterable<T>, ends: (item: T) => boolean = () => false): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<T>> => {
    const asked = iterator.next();
    // it is awaited later
    asked.catch(() => undefined);
    return asked;
  };
  let next: Promise<IteratorResult<T>> | undefined = ask();
  try {
    while (next) {
      const { value, done } = await next;
      next = undefined;
      if (done) return;
      if (!ends(value)) next = ask();
      yield value;
    }
  } finally {
    await next?.catch(() => undefined);
    await iterator.return?.();
  }
}
