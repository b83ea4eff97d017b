import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Database } from '@collection-sync/postgres';
import { concatMap } from 'rxjs';
import { CurrentActor, type Actor } from '../auth/actor.js';
import { Scope } from '../auth/scope.js';
import { changesInScope } from '../store/changes-in-scope.js';
import { contract, type InputOf } from '../http/contract.js';
import { text } from '../http/fields.js';
import { Input, Serve } from '../http/serve.js';
import { CHANGE_KINDS, type Change } from './live.js';
import { LiveFeed } from './live-feed.js';
import { LiveStreams } from './live-streams.js';

const KIND = `(${CHANGE_KINDS.join('|')})`;

export const streamEvents = contract({
  id: 'streamEvents',
  method: 'GET',
  path: '/events',
  role: 'Reader',
  ofPart: true,
  tag: 'Live',
  summary: 'Server-sent events: what changed, to be read again by whoever shows it',
  description:
    'Each event is named after the kind of what changed; its data is `{"kind", "key", "at"}`. A `hello` comes first, a `heartbeat` every 15 s. ' +
    'After a lost connection read everything again. A stream ends with its token, and when its reader does not read; one user may have 20.',
  query: z.strictObject({
    kinds: z
      .string()
      .max(200)
      .regex(new RegExp(`^${KIND}(,${KIND})*$`), `must be some of ${CHANGE_KINDS.join(', ')}, separated by commas`)
      .optional()
      .describe(`some of ${CHANGE_KINDS.join(', ')}, separated by commas`),
    key: text(200).optional().describe('only this key, such as tenant/group'),
  }),
  produces: { 'text/event-stream': z.string() },
});

@Controller()
export class LiveController {
  constructor(
    private readonly database: Database,
    private readonly feed: LiveFeed,
    private readonly streams: LiveStreams,
  ) {}

  @Serve(streamEvents)
  stream(
    @CurrentActor() actor: Actor,
    @Input() { query }: InputOf<typeof streamEvents>,
    @Res() reply: FastifyReply,
  ): void {
    const kinds = query.kinds?.split(',');
    const response = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders())) response.setHeader(name, value ?? '');
    const stream = this.streams.open(actor, response);
    reply.hijack();
    const scope = new Scope(actor);
    const wanted = ({ kind, key }: Change): boolean =>
      (!kinds || kinds.includes(kind)) && (!query.key || query.key === key);
    const readable = async (changes: readonly Change[]): Promise<readonly Change[]> => {
      const chosen = changes.filter(wanted);
      return scope.isWhole || chosen.length === 0 ? chosen : changesInScope(this.database, scope.toParameter(), chosen);
    };
    const changes = this.feed.changes.pipe(concatMap(readable)).subscribe({
      next: (found) => {
        for (const { no, kind, key, at } of found)
          stream.send({ id: no, type: kind, data: { kind, key, at: at.toISOString() } });
      },
      // whoever shows it reads everything again after a lost connection
      error: () => stream.end(),
      complete: () => stream.end(),
    });
    void stream.closed.then(() => changes.unsubscribe());
  }
}
