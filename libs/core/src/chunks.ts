/** A chunk of a transfer has at most this many members, and at most this many bytes of JSON. */
export const CHUNK_MEMBERS = 1_000;
export const CHUNK_BYTES = 512 * 1024;

/**
 * Cuts a stream of items into chunks bounded by count and bytes, marking the last one. A stream without items gives one
 * empty last chunk. Holds one chunk and one item.
 */
export async function* chunked<T>(
  items: AsyncIterable<T> | Iterable<T>,
  limits: { members?: number; bytes?: number } = {},
): AsyncGenerator<{ items: T[]; index: number; last: boolean }> {
  const { members = CHUNK_MEMBERS, bytes = CHUNK_BYTES } = limits;
  let chunk: T[] = [];
  let size = 0;
  let index = 0;
  for await (const item of items) {
    const itemSize = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (chunk.length > 0 && (chunk.length >= members || size + itemSize > bytes)) {
      yield { items: chunk, index: index++, last: false };
      chunk = [];
      size = 0;
    }
    chunk.push(item);
    size += itemSize;
  }
  yield { items: chunk, index, last: true };
}
