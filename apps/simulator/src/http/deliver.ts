import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Answer } from './answer.js';

const HTML = '<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';

/** Writes an answer to the socket, broken in the way it asks for. */
export async function deliver(reply: FastifyReply, answer: Answer): Promise<FastifyReply> {
  if (answer.wire === 'hang') return reply.hijack();
  if (answer.wire === 'reset') {
    reply.raw.socket?.destroy();
    return reply.hijack();
  }
  for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value);
  reply.code(answer.status);
  if (answer.wire === 'html') return reply.type('text/html').send(HTML);
  if (answer.wire === 'truncate') return truncated(reply, answer);
  if (answer.stream) return reply.send(Readable.from(answer.stream, { objectMode: false, highWaterMark: 65_536 }));
  if (answer.body === undefined) return reply.send();
  return reply.send(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
}

/** Promises the whole body and sends half of it. */
function truncated(reply: FastifyReply, answer: Answer): FastifyReply {
  const whole = Buffer.from(answer.stream ? [...answer.stream].join('') : JSON.stringify(answer.body ?? ''));
  reply.hijack();
  reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': whole.length });
  reply.raw.write(whole.subarray(0, Math.floor(whole.length / 2)), () => reply.raw.socket?.destroy());
  return reply;
}
