import { z } from 'zod';
import { contract } from '../http/contract.js';
import { targetParams } from '../http/fields.js';

const format = z.enum(['csv', 'json']).default('csv');
const common = {
  method: 'GET' as const,
  role: 'Reader' as const,
  tag: 'Export',
  answer: z.string(),
  produces: ['text/csv', 'application/json'],
};

export const exportCollections = contract({
  ...common,
  id: 'exportCollections',
  path: '/export/collections',
  summary: 'All rows of the collections page as a file',
  description: 'The CSV has the product’s column titles.',
  query: z.strictObject({ format }),
});

export const exportMembers = contract({
  ...common,
  id: 'exportMembers',
  path: '/export/members/{tenant}/{group}',
  summary: 'All members of a target as a file',
  params: targetParams,
  query: z.strictObject({ format }),
  problems: [404],
});
