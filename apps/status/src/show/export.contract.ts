import { z } from 'zod';
import { collectionFilter, collectionRow } from './collections.contract.js';
import { contract } from '../http/contract.js';
import { targetParams } from '../http/fields.js';
import { memberAnswer, membersFilter } from './members.contract.js';

const format = z.enum(['csv', 'json']).default('csv');
const common = {
  method: 'GET' as const,
  role: 'Reader' as const,
  ofPart: true as const,
  tag: 'Export',
};
const file = (row: z.ZodType) => ({ 'text/csv': z.string(), 'application/json': z.array(row) });

export const exportCollections = contract({
  ...common,
  id: 'exportCollections',
  path: '/export/collections',
  summary: 'The rows of the collections page as a file: all, or those that a filter leaves',
  description: 'The CSV has the product’s column titles.',
  query: z.strictObject({
    format,
    ...collectionFilter,
    columns: z
      .string()
      .max(1_000)
      .optional()
      .describe('fields of the CSV, by name and separated by commas; all without it'),
  }),
  produces: file(collectionRow),
});

export const exportMembers = contract({
  ...common,
  id: 'exportMembers',
  path: '/export/members/{tenant}/{group}',
  summary: 'Members of a target as a file: all, or those that a filter leaves',
  params: targetParams,
  query: z.strictObject({ format, ...membersFilter }),
  produces: file(memberAnswer),
  problems: [404],
});
