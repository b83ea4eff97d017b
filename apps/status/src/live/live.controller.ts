import { Controller, Header, HttpCode, SetMetadata, Sse, type MessageEvent } from '@nestjs/common';
import { interval, map, merge, of, takeUntil, last, filter as keep, type Observable } from 'rxjs';
import { z } from 'zod';
import { API_ROOT, contract, type InputOf } from '../http/contract.js';
import { text } from '../http/fields.js';
import { CONTRACT, Input } from '../http/serve.js';
import { CHANGE_KINDS } from './live.js';
import { LiveFeed } from './live-feed.js';

const HEARTBEAT_MS = 15_000;

export const streamEvents = contract({
  id: 'streamEvents',
  method: 'GET',
  path: '/events',
  role: 'Reader',
  tag: 'Live',
  summary: 'Server-sent events: what changed, to be read again by whoever shows it',
  description:
    'Each event is named after the kind of what changed; its data is `{"kind", "key", "at"}`. A `hello` comes first, a `heartbeat` every 15 s. ' +
    'After a lost connection read everything again.',
  query: z.strictObject({
    kinds: text(200)
      .optional()
      .describe(`some of ${CHANGE_KINDS.join(', ')}, separated by commas`),
    key: text(200).optional().describe('only this key, such as tenant/group'),
  }),
  produces: { 'text/event-stream': z.string() },
});

@Controller()
export class LiveController {
  constructor(private readonly feed: LiveFeed) {}

  @Sse(API_ROOT + streamEvents.path)
  @SetMetadata(CONTRACT, streamEvents)
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  stream(@Input() { query }: InputOf<typeof streamEvents>): Observable<MessageEvent> {
    const kinds = query.kinds?.split(',').map((kind) => kind.trim());
    const changes = this.feed.changes.pipe(
      keep(({ kind, key }) => (!kinds || kinds.includes(kind)) && (!query.key || query.key === key)),
      map(({ no, kind, key, at }) => ({ id: String(no), type: kind, data: { kind, key, at: at.toISOString() } })),
    );
    const ended = this.feed.changes.pipe(last(undefined, undefined));
    const heartbeat = interval(HEARTBEAT_MS).pipe(map(() => ({ type: 'heartbeat', data: {} })));
    return merge(of({ type: 'hello', data: {} }), changes, heartbeat).pipe(takeUntil(ended));
  }
}
