import { collectionId } from '@collection-sync/core';
import { z } from 'zod';

/** A GUID in any case, with or without braces; read in lower case. */
export const guidField = z
  .string()
  .regex(
    /^(\{[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/,
    'must be a GUID',
  )
  .transform((text) => text.replace(/[{}]/g, '').toLowerCase());

export const collectionIdField = collectionId.describe('such as ABC00014');

/** Text of an operator, as PostgreSQL can take it, of at most so many characters. */
export const text = (longest: number): z.ZodString =>
  z
    .string()
    .refine((value) => [...value].length <= longest, `must have at most ${longest} characters`)
    .regex(/^[^\u0000\uD800-\uDFFF]*$/u, 'must not contain a zero character or half a character')
    .meta({ maxLength: longest });

export const flag = z.enum(['true', 'false']).transform((word) => word === 'true');

/** Every change that takes it does all that it would do, tells what became of it, and takes it back. */
export const dryRunQuery = {
  dryRun: flag.optional().describe('true: check and answer as if it were done, and do nothing'),
};

/** A moment, ISO 8601 in UTC. */
export const moment = z.iso.datetime();
export const targetParams = z.object({
  tenant: guidField.describe('tenant id'),
  group: guidField.describe('object id of the group'),
});

export const iso = (date: Date): string => date.toISOString();
export const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;
