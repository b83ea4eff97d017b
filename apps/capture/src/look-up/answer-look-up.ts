import { encodeEvent, TOPICS, type LookUpOf, type SiteAnswer } from '@collection-sync/core';
import { traceparent } from '@collection-sync/platform';
import { takeQuestion } from '@collection-sync/postgres';
import { SERVICE, type CaptureContext } from '../context.js';
import { sourceFailure } from '../source-failure.js';

/** Answers the next question about one device or user by what the source shows now; true when there was one. */
export const answerLookUp = async (context: CaptureContext, signal: AbortSignal): Promise<boolean> => {
  const { database, outbox } = context;
  const asked = await takeQuestion<LookUpOf<'asked'>>(database);
  if (!asked) return false;
  const answer = { ...asked, event: 'site-answered' as const, site: await ask(context, asked, signal) };
  await database.transaction((tx) => outbox.add(tx, [encodeEvent(TOPICS.lookUp, answer, SERVICE, traceparent())]));
  return true;
};

const ask = async (
  { source }: CaptureContext,
  { collection, collectionType, name = '', resource }: LookUpOf<'asked'>,
  signal: AbortSignal,
): Promise<SiteAnswer> => {
  const at = new Date().toISOString();
  const named = resource === undefined ? { name } : { resource };
  try {
    return { at, resources: await source.find(collectionType, named, collection, signal) };
  } catch (error) {
    return { at, resources: [], problem: sourceFailure(error, signal) };
  }
};
