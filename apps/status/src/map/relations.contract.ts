import { listedCollectionType } from '@collection-sync/core';
import { z } from 'zod';
import { contract } from '../http/contract.js';
import { collectionIdField, dryRunQuery, guidField, moment } from '../http/fields.js';
import { createResult } from './mappings.contract.js';

const TAG = 'Migration';

export const listRelations = contract({
  id: 'listRelations',
  method: 'GET',
  path: '/migration/relations',
  role: 'Reader',
  ofPart: true,
  tag: TAG,
  summary: 'Relations that Configuration Manager’s own cloud sync keeps',
  description:
    'Preview one with POST /targets/{tenant}/{group}/preview and its collectionId. Take the group off the collection’s Cloud Sync tab ' +
    'once it is taken over, or both will undo each other.',
  answer: z.object({
    items: z.array(
      z
        .object({
          collectionId: z.string(),
          collectionName: z.string(),
          collectionType: listedCollectionType,
          groupId: z.string(),
          groupName: z.string(),
          tenantId: z
            .string()
            .nullable()
            .describe('null when the site does not say and several tenants are configured'),
          state: z
            .enum(['open', 'taken over', 'conflict'])
            .describe('`conflict`: the group is mapped to another collection, or claimed by several relations'),
          mappedCollectionId: z.string().nullable(),
          asOf: moment.describe('when the site last said so'),
          missing: z.boolean().describe('the site does not list the collection any more'),
        })
        .meta({ id: 'Relation' }),
    ),
  }),
});

export const takeOver = contract({
  id: 'takeOverRelations',
  method: 'POST',
  path: '/migration/take-over',
  role: 'Operator',
  ofPart: true,
  tag: TAG,
  summary: 'Create mappings for relations of the product',
  query: z.strictObject(dryRunQuery),
  body: z
    .strictObject({
      relations: z
        .array(z.strictObject({ collectionId: collectionIdField, groupId: guidField, tenantId: guidField.optional() }))
        .max(500)
        .optional()
        .describe('all that are not taken over yet by default'),
      paused: z.boolean().default(true).describe('create them paused, to be resumed once the product has let go'),
    })
    .meta({ id: 'TakeOver' }),
  answer: z
    .object({
      results: z.array(
        createResult.extend({
          collectionId: z.string(),
          collectionName: z.string(),
          groupId: z.string(),
          groupName: z.string().describe('as the product knows it'),
          asOf: moment.nullable(),
          notes: z.array(z.string()).describe('what works, but should be known'),
        }),
      ),
    })
    .meta({ id: 'TakeOverResult' }),
});
