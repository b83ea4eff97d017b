import { guid } from '@collection-sync/core';
import { z } from 'zod';
import { ROLES } from '../http/contract.js';
import { Problem } from '../http/problem.js';
import type { Actor } from './actor.js';

export type GrantedRole = 'Reader' | 'Operator' | 'Admin';

/** A role for everything, or for a part: nothing else is read or changed with it. */
export interface Grant {
  readonly role: GrantedRole;
  /** every tenant without it */
  readonly tenants?: readonly string[] | undefined;
  /** ids, and beginnings of ids that end with `*`; every collection without it */
  readonly collections?: readonly string[] | undefined;
}

/** What is touched: a tenant whole, or a collection's group in it. */
export interface Place {
  readonly tenant: string;
  readonly collection?: string | undefined;
}

/** Roles for a part, by the value of the roles claim that gives them. */
export const claimedGrants = z
  .array(
    z
      .strictObject({
        claim: z.string().min(1),
        role: z.enum(['Reader', 'Operator', 'Admin']),
        tenants: z.array(guid).min(1).optional(),
        collections: z.array(z.string().min(1)).min(1).optional(),
      })
      .refine(({ tenants, collections }) => tenants ?? collections, 'names neither tenants nor collections'),
  )
  .min(1);
export type ClaimedGrants = z.output<typeof claimedGrants>;

/** The highest role that the caller holds there, if any; without a place, for everything. */
export const roleIn = ({ grants }: Pick<Actor, 'grants'>, place?: Place): GrantedRole | undefined =>
  highestOf(grants.filter((grant) => reaches(grant, place)));

export const highestOf = (grants: readonly Grant[]): GrantedRole | undefined =>
  (['Admin', 'Operator', 'Reader'] as const).find((name) => grants.some(({ role }) => role === name));

export const isAtLeast = (held: GrantedRole | undefined, wanted: (typeof ROLES)[number]): boolean =>
  held !== undefined && ROLES.indexOf(held) >= ROLES.indexOf(wanted);

/** For people: what somebody is. */
export const roleName = (held: GrantedRole | undefined): string => held ?? 'nobody';

/** https://www.rfc-editor.org/rfc/rfc6750#section-3.1 */
export const roleMissing = (detail: string, more: ConstructorParameters<typeof Problem>[2] = {}): Problem =>
  new Problem(403, detail, more, { 'www-authenticate': 'Bearer error="insufficient_scope"' });

/** @throws Problem 403 when the caller's roles do not reach there */
export const refuseBelow = (actor: Actor, wanted: GrantedRole, place: Place): void => {
  const held = roleIn(actor, place);
  if (isAtLeast(held, wanted)) return;
  const where = `${place.collection ? `collection ${place.collection} in ` : ''}tenant ${place.tenant}`;
  const elsewhere = held === actor.role ? '' : `, and ${actor.role} for a part that is another`;
  throw roleMissing(
    `This needs the role ${wanted} for ${where}; ${actor.name} is ${roleName(held)} there${elsewhere}.`,
    {
      advice: 'Ask for the role, or have somebody do it who holds it.',
    },
  );
};

const reaches = ({ tenants, collections }: Grant, place?: Place): boolean =>
  (!tenants || (place !== undefined && tenants.includes(place.tenant))) &&
  (!collections ||
    (place?.collection !== undefined && collections.some((rule) => isCovered(rule, place.collection ?? ''))));

export const isCovered = (rule: string, id: string): boolean =>
  rule.endsWith('*') ? id.startsWith(rule.slice(0, -1)) : rule === id;
