import { Server, type CustomTransportStrategy } from '@nestjs/microservices';

/** Says what happens to it, and holds its start back as long as asked. */
export class StubTransport extends Server implements CustomTransportStrategy {
  readonly gone = new AbortController();
  readonly failed = this.gone.signal;

  constructor(
    readonly name: string,
    readonly story: string[],
    readonly caughtUp: Promise<void> = Promise.resolve(),
  ) {
    super();
  }

  override listen(callback: () => void): void {
    this.story.push(`${this.name} listens`);
    callback();
  }

  override close(): void {
    this.story.push(`${this.name} closed`);
  }

  override on(): void {}

  override unwrap<T>(): T {
    throw new Error('nothing inside');
  }
}
