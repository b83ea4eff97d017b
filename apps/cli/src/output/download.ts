import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { shownJson, shownText } from '@collection-sync/core';
import { request } from '../api.js';
import type { Context } from '../context.js';
import { CliError, EXIT } from '../exit-codes.js';
import { currentSession } from '../session/session.js';

/**
 * A file that the service makes: as it is into a file, and so that no name acts on the terminal to the standard output.
 * @param path below /api/v1/export
 */
export const download = async (context: Context, path: string, out: string | undefined): Promise<void> => {
  const session = await currentSession(context.environment, context.flags);
  const answer = await request(session, `/api/v1/export/${path}`);
  if (!answer.body) throw new CliError('The service sent no file.', EXIT.failed, 'Try again.');
  if (out !== undefined) return pipeline(answer.body, createWriteStream(out));
  const safe = answer.headers.get('content-type')?.includes('json') ? shownJson : shownLines;
  for await (const text of answer.body.pipeThrough(new TextDecoderStream()))
    if (!process.stdout.write(safe(text))) await once(process.stdout, 'drain');
};

/** The ends of lines are the file's own. */
const shownLines = (text: string): string => text.replaceAll(/[^\r\n]+/g, (part) => shownText(part));
