/**
 * Holds for what a scope reaches (auth/scope.ts), in SQL.
 * @param scope the parameter with the scope, such as `$1`; null there is everything
 * @param tenant @param collection expressions; null for what a place does not name
 */
export const inScope = (scope: string, tenant: string, collection: string): string =>
  `(${scope}::jsonb is null or exists (
     select from jsonb_to_recordset(${scope}::jsonb) as reach (tenants text[], collections text[])
     where (reach.tenants is null or coalesce(${tenant} = any (reach.tenants), true))
       and (reach.collections is null or ${collection} is null or exists (
         select from unnest(reach.collections) as rule
         where case when right(rule, 1) = '*' then starts_with(${collection}, left(rule, -1)) else rule = ${collection} end))))`;

/** The tenant of a target. */
export const tenantIn = (target: string): string => `split_part(${target}, '/', 1)`;
