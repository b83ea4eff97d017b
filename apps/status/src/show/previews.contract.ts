import { z } from 'zod';
import { contract } from '../http/contract.js';
import { moment } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';

const TAG = 'Previews';
const change = z.enum(['add', 'remove', 'keep', 'unresolved']);
const params = z.object({ id: z.uuid().describe('id of the preview command') });
const number = z.number().int();

export const getPreview = contract({
  id: 'getPreview',
  method: 'GET',
  path: '/previews/{id}',
  role: 'Operator',
  ofPart: true,
  tag: TAG,
  summary: 'What a full run would do',
  params,
  answer: z
    .object({
      id: z.uuid(),
      target: z.string(),
      collectionId: z.string(),
      complete: z.boolean().describe('false while its members are still arriving'),
      at: moment,
      add: number,
      remove: number,
      keep: number,
      unresolved: number,
      wouldHold: z.boolean().describe('the guard would stop the removals'),
    })
    .meta({ id: 'Preview' }),
  problems: [404],
});

export const listPreviewMembers = contract({
  id: 'listPreviewMembers',
  method: 'GET',
  path: '/previews/{id}/members',
  role: 'Operator',
  ofPart: true,
  tag: TAG,
  summary: 'Members of a preview by what would happen to them',
  params,
  query: z.strictObject({ ...pageQuery, change: change.optional() }),
  answer: pageOf(
    z
      .object({
        resourceId: number.nullable(),
        objectId: z.string().nullable(),
        name: z.string(),
        change,
        reason: z.string().nullable(),
        advice: z.string().nullable(),
      })
      .meta({ id: 'PreviewMember' }),
  ),
  problems: [404],
});
