import type { MembershipDelta } from '@collection-sync/core';
import type { WriterAnswer } from '../src/confirm/receive-answer.js';

/** What resolver and writer make of transfers for one target, by the merge rules that capture relies on. */
export class LedgerModel {
  merged = 0;
  members = new Map<number, string | undefined>();
  /** who is in the group; no restore of the ledger changes that */
  readonly group = new Set<string>();
  /** who is in the group as far as the ledger knows */
  #applied = new Set<string>();
  #fulls = new Set<string>();
  readonly #staged = new Map<string, Map<number, MembershipDelta>>();
  #number = 0;

  constructor(
    readonly target: string,
    public activated = 0,
  ) {}

  /** Another `activated` forgets which version was merged; content of another one is dropped. */
  activate(activated: number): void {
    this.activated = activated;
    this.merged = 0;
    this.#staged.clear();
  }

  /** One row per chunk, the last copy wins; a transfer is merged when all of it is there. Answers what the writer says. */
  receive(chunk: MembershipDelta): WriterAnswer[] {
    if (chunk.mode === 'preview') return [];
    if (!chunk.targets.some(({ target, activated }) => target === this.target && activated === this.activated))
      return [];
    const staged = this.#staged.get(chunk.transfer) ?? new Map<number, MembershipDelta>();
    this.#staged.set(chunk.transfer, staged.set(chunk.chunk, chunk));
    const last = [...staged.values()].find((each) => each.last);
    if (!last || staged.size !== last.chunk + 1) return [];
    const chunks = [...staged.values()].sort((a, b) => a.chunk - b.chunk);
    return [this.#merge(chunks)];
  }

  #merge(chunks: MembershipDelta[]): WriterAnswer {
    const [head] = chunks;
    if (!head) throw new Error('a transfer has at least one chunk');
    const previous = this.merged;
    const fits = head.content === 'complete' ? head.to >= this.merged : head.from === this.merged;
    if (fits) {
      if (head.content === 'complete') this.members.clear();
      for (const { adds, removes } of chunks) {
        for (const { resource, identity } of adds) this.members.set(resource, identity.deviceId);
        for (const resource of removes) this.members.delete(resource);
      }
      this.merged = head.to;
      this.#apply(head);
      return this.#merged(head, previous);
    }
    if (head.content === 'delta' && head.to === this.merged) return this.#merged(head, previous);
    return { ...this.#common(head), event: 'content-missing', transfer: head.transfer, version: this.merged };
  }

  /** What the writer says by itself, at its start and every hour. */
  ledgerVersion(collection: string): WriterAnswer {
    return { ...this.#common({ collection }), event: 'ledger-version', version: this.merged };
  }

  /** A full run reads the group first, once for each reason; an incremental one relies on the ledger. */
  #apply(head: MembershipDelta): void {
    const reason = this.#reason(head);
    if (head.mode === 'full' && reason && !this.#fulls.has(reason)) {
      this.#fulls.add(reason);
      this.#applied = new Set(this.group);
    }
    const wanted = new Set([...this.members].map(([resource, id]) => `${resource} ${id}`));
    for (const object of [...this.#applied]) {
      if (wanted.has(object)) continue;
      this.#applied.delete(object);
      this.group.delete(object);
    }
    for (const object of wanted) {
      if (this.#applied.has(object)) continue;
      this.#applied.add(object);
      this.group.add(object);
    }
  }

  #reason(head: MembershipDelta): string | undefined {
    return head.targets.find(({ target }) => target === this.target)?.reason;
  }

  #merged(head: MembershipDelta, previous: number): WriterAnswer {
    const reason = this.#reason(head);
    return {
      ...this.#common(head),
      event: 'merged',
      transfer: head.transfer,
      mode: head.mode,
      content: head.content,
      ...(reason ? { reason } : {}),
      version: this.merged,
      previous,
      pending: 0,
      readAt: head.readAt,
    };
  }

  #common({ collection }: Pick<MembershipDelta, 'collection'>) {
    this.#number += 1;
    return {
      producer: 'writer' as const,
      target: this.target,
      collection,
      activated: this.activated,
      at: new Date().toISOString(),
      sequence: this.#number,
    };
  }

  copy(): () => void {
    const [merged, members] = [this.merged, new Map(this.members)];
    const [applied, fulls] = [new Set(this.#applied), new Set(this.#fulls)];
    return () => {
      this.merged = merged;
      this.members = new Map(members);
      this.#applied = new Set(applied);
      this.#fulls = new Set(fulls);
      this.#staged.clear();
    };
  }
}
