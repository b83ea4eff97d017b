import { createHash } from 'node:crypto';

/** A Lua script: one atomic step. */
export class Script {
  readonly sha: string;

  constructor(readonly text: string) {
    this.sha = createHash('sha1').update(text).digest('hex');
  }
}
