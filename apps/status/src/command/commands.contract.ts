import { commandKind } from '@collection-sync/core';
import { z } from 'zod';
import { contract } from '../http/contract.js';
import { collectionIdField, moment, targetParams } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';

const TAG = 'Commands';

const commandAnswer = z
  .object({
    id: z.uuid(),
    kind: commandKind,
    target: z.string(),
    collectionId: z.string().nullable(),
    planId: z.uuid().nullable(),
    state: z.enum(['sent', 'accepted', 'refused', 'expired']),
    issuedAt: moment,
    expiresAt: moment.describe('never acted on after this'),
    issuedBy: z.string(),
    answeredAt: moment.nullable(),
    message: z.string().nullable().describe('what capture or the writer said to it'),
  })
  .meta({ id: 'Command' });
export type CommandAnswer = z.infer<typeof commandAnswer>;

/** What every route has that sends a command. */
export const sendsCommand = {
  method: 'POST',
  role: 'Operator',
  ofPart: true,
  status: 202,
  location: '/commands/{id}',
  answer: commandAnswer,
} as const;

const send = { ...sendsCommand, tag: TAG, params: targetParams };

export const syncTarget = contract({
  ...send,
  id: 'syncTarget',
  path: '/targets/{tenant}/{group}/sync',
  summary: 'Synchronise now',
  description:
    '`incremental` reads the collection now and applies what changed. `full` overwrites the group: what others put there is removed, under the guard.',
  body: z
    .strictObject({
      kind: z.enum(['full', 'incremental']).default('incremental'),
      listing: z
        .boolean()
        .optional()
        .describe('of `full`: the group is listed even if the copy of its members shows no difference'),
    })
    .refine(({ kind, listing }) => kind === 'full' || !listing, {
      path: ['listing'],
      message: 'A listing is of a full synchronisation: give kind full too.',
    })
    .meta({ id: 'SyncRequest' }),
  problems: [404, 409],
});

export const previewTarget = contract({
  ...send,
  id: 'previewTarget',
  path: '/targets/{tenant}/{group}/preview',
  summary: 'Compare a collection with a group, changing nothing',
  description:
    'The group need not be mapped, nor to this collection. The result is at /previews/{id} with the id of the command.',
  body: z
    .strictObject({ collectionId: collectionIdField.optional().describe('the mapped one by default') })
    .meta({ id: 'PreviewRequest' }),
  problems: [404, 409, 422, 502],
});

export const compareTarget = contract({
  ...send,
  id: 'compareTarget',
  path: '/targets/{tenant}/{group}/compare',
  summary: 'Compare the group with what was synchronised, changing nothing',
  description:
    'Who is missing, and who is there unmanaged, stands in the history as a run of kind `compare` with the id of the command.',
  problems: [404, 409],
});

export const cancelRun = contract({
  ...send,
  id: 'cancelRun',
  path: '/targets/{tenant}/{group}/cancel',
  summary: 'Stop the run under way; what is wanted stays wanted',
  problems: [404, 409],
});

export const retryMembers = contract({
  ...send,
  id: 'retryMembers',
  path: '/targets/{tenant}/{group}/retry',
  summary: 'Try failed members again now',
  problems: [404, 409],
});

export const resendContent = contract({
  ...send,
  id: 'resendContent',
  path: '/targets/{tenant}/{group}/resend',
  summary: 'Send the complete content of the collection again',
  problems: [404, 409],
});

export const reportTarget = contract({
  ...send,
  id: 'reportTarget',
  path: '/targets/{tenant}/{group}/report',
  role: 'Admin',
  summary: 'Ask the writer to report all members again, which rebuilds what is shown here',
  problems: [404],
});

export const listCommands = contract({
  id: 'listCommands',
  method: 'GET',
  path: '/targets/{tenant}/{group}/commands',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Commands of a target, newest first',
  params: targetParams,
  query: z.strictObject(pageQuery),
  answer: pageOf(commandAnswer),
});

export const getCommand = contract({
  id: 'getCommand',
  method: 'GET',
  path: '/commands/{id}',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'One command, and what became of it',
  params: z.object({ id: z.uuid() }),
  answer: commandAnswer,
  problems: [404],
});
