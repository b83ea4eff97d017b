import type { Admin } from 'kafkajs';

/** Knows how far a reader must come to have seen what was there when it started. */
export class CatchUp {
  private readonly ends = new Map<string, bigint>();

  get reached(): boolean {
    return this.ends.size === 0;
  }

  /** Notes the present ends. The last record of a compacted log is never compacted away, so each of them can be reached. */
  async start(admin: Admin, topics: readonly string[]): Promise<void> {
    this.ends.clear();
    for (const topic of topics) {
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        if (BigInt(high) > BigInt(low)) this.ends.set(`${topic}/${partition}`, BigInt(high));
      }
    }
  }

  /** Everything up to and with this offset has been handled. */
  handled(topic: string, partition: number, offset: string): void {
    const name = `${topic}/${partition}`;
    const end = this.ends.get(name);
    if (end !== undefined && BigInt(offset) + 1n >= end) this.ends.delete(name);
  }
}
