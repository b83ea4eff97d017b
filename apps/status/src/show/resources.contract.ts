import { z } from 'zod';
import { contract } from '../http/contract.js';
import { text } from '../http/fields.js';
import { pageOf, pageQuery } from '../http/page.js';
import { memberAnswer } from './members.contract.js';

export const searchResources = contract({
  id: 'searchResources',
  method: 'GET',
  path: '/resources',
  role: 'Reader',
  ofPart: true,
  tag: 'Members',
  summary: 'A device or user over all groups: in which, because of which collection, with which state, since when',
  description:
    'Only collections that are synchronised are known. A name is found by its begin; a whole ResourceID or directory object id is found as well.',
  query: z.strictObject({
    ...pageQuery,
    search: text(256).min(1).describe('begin of the name, a ResourceID, or a directory object id'),
  }),
  answer: pageOf(
    z
      .object({
        target: z.string().describe('tenant/group'),
        groupName: z.string(),
        collectionId: z.string(),
        collectionName: z.string(),
        member: memberAnswer,
      })
      .meta({ id: 'ResourceInGroup' }),
  ),
});
