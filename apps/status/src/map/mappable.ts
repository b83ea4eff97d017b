import { presentGuid } from '@collection-sync/core';
import { memberOf, ownersOf, type Group, type GraphCaller } from '@collection-sync/graph';

/** `unit:` and `owner:` go before an id; the rest is an id, or the beginning of a name that ends with `*`. */
const LINKED = /^(unit|owner):(.*)$/i;

/** What a rule of MAPPABLE_GROUPS must look like. */
export const isMappableRule = (rule: string): boolean => {
  const id = LINKED.exec(rule)?.[2] ?? rule;
  return presentGuid(id) !== undefined || (id === rule && rule.endsWith('*'));
};

/** Whether one of the rules names the group. Microsoft Graph is asked only for what the group itself does not tell. */
export const isMappable = async (client: GraphCaller, rules: readonly string[], group: Group): Promise<boolean> => {
  const name = group.displayName.toLowerCase();
  const matches = (rule: string): boolean =>
    rule.endsWith('*') ? name.startsWith(rule.slice(0, -1).toLowerCase()) : rule.toLowerCase() === group.id;
  if (rules.some(matches)) return true;
  const named = async (kind: string, idsOf: typeof ownersOf): Promise<boolean> => {
    const ids = rules.flatMap((rule) => {
      const [, given, id = ''] = LINKED.exec(rule) ?? [];
      return given?.toLowerCase() === kind ? [id.toLowerCase()] : [];
    });
    if (ids.length === 0) return false;
    const found = await idsOf(client, group);
    return ids.some((id) => found.has(id));
  };
  return (await named('owner', ownersOf)) || (await named('unit', memberOf));
};
