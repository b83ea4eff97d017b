import { randomBytes } from 'node:crypto';

/** A name that no other test uses: `<prefix>-<10 hex digits>`. */
export function uniqueName(prefix = 't'): string {
  return `${prefix}-${randomBytes(5).toString('hex')}`;
}
