import type { WriterContext } from '../context.js';
import { stageChunks, type StagedChunk } from '../store/transfers.js';

/** A statement takes this much of a batch at once, so that a batch of large chunks is never one parameter. */
const MEMBERS_AT_ONCE = 10_000;

/** Stores chunks until their transfer is complete; nothing else, since a merge may take long. */
export const stage = async (writer: WriterContext, chunks: readonly StagedChunk[]): Promise<void> => {
  for (const part of portions(lastCopies(chunks))) {
    await writer.database.transaction((tx) => stageChunks(tx, part));
  }
};

/** The last copy of a chunk wins. */
const lastCopies = (chunks: readonly StagedChunk[]): StagedChunk[] => [
  ...new Map(chunks.map((chunk) => [`${chunk.target} ${chunk.transfer} ${chunk.chunk}`, chunk])).values(),
];

function* portions(chunks: readonly StagedChunk[]): Generator<StagedChunk[]> {
  let portion: StagedChunk[] = [];
  let size = 0;
  for (const chunk of chunks) {
    if (portion.length > 0 && size + chunk.adds.length > MEMBERS_AT_ONCE) {
      yield portion;
      portion = [];
      size = 0;
    }
    portion.push(chunk);
    size += chunk.adds.length;
  }
  if (portion.length > 0) yield portion;
}
