import { z } from 'zod';
import { collectionRow } from './collections.contract.js';
import { contract } from '../http/contract.js';
import { targetParams } from '../http/fields.js';
import { memberAnswer } from './members.contract.js';

const format = z.enum(['csv', 'json']).default('csv');
const common = {
  method: 'GET' as const,
  role: 'Reader' as const,
  tag: 'Export',
};
const file = (row: z.ZodType) => ({ 'text/csv': z.string(), 'application/json': z.array(row) });

export const exportCollections = contract({
  ...common,
  id: 'exportCollections',
  path: '/export/collections',
  summary: 'All rows of the collections page as a file',
  description: 'The CSV has the product’s column titles.',
  query: z.strictObject({ format }),
  produces: file(collectionRow),
});

export const exportMembers = contract({
  ...common,
  id: 'exportMembers',
  path: '/export/members/{tenant}/{group}',
  summary: 'All members of a target as a file',
  params: targetParams,
  query: z.strictObject({ format }),
  produces: file(memberAnswer),
  problems: [404],
});
