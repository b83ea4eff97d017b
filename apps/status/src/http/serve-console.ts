import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Paths that are no page of the console. */
const NO_PAGE = /^\/+(api|health|metrics)(\/|$|\?)/i;
const BUILT = new URL('../../../console/dist/', import.meta.url);

/** Serves the console's built files when there are any; a path without a file is a page of it, which it finds by itself. */
export const serveConsole = async (app: NestFastifyApplication, folder: URL | string = BUILT): Promise<boolean> => {
  const root = typeof folder === 'string' ? folder : fileURLToPath(folder);
  if (!existsSync(`${root}/index.html`)) return false;
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    immutable: true,
    preCompressed: true,
    maxAge: '365d',
    setHeaders,
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.get('/*', { exposeHeadRoute: true }, (request, reply) =>
    NO_PAGE.test(request.url) ? reply.callNotFound() : reply.sendFile('index.html'),
  );
  return true;
};

/** Only files with a hash in their name never change. */
const setHeaders = (reply: FastifyReply, path: string): void => {
  const forEver = /[.-][\w-]{8,}\.(js|css|woff2?|png|svg)(\.(br|gz))?$/.test(path);
  void reply.header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
};
