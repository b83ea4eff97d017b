import { applicationOfAccount, asAppError, REASONS, type CollectionType, type Reason } from '@collection-sync/core';
import {
  judgeGroup,
  ownersOf,
  unmetNeeds,
  type Application,
  type Group,
  type GraphCaller,
  type MeteredClient,
  type Need,
} from '@collection-sync/graph';

export interface Finding {
  readonly code: string;
  readonly message: string;
}

export interface Preflight {
  readonly writable: boolean;
  /** what keeps the group from being synchronised */
  readonly problems: Finding[];
  /** what works, but should be known */
  readonly warnings: Finding[];
}

const finding = (code: Reason): Finding => ({ code, message: REASONS[code].advice });

/** Calls of the API: before others, and told soon when there is no room. */
export const FOR_SOMEBODY_WHO_WAITS = { priority: 'high', maxWaitMs: 10_000 } as const;

/** What the group itself tells, with what to fix. */
export const preflightOf = (group: Group, type?: CollectionType): Preflight => {
  const verdict = judgeGroup(group);
  const problems: Finding[] = [];
  const warnings: Finding[] = [];
  if (verdict.reason) (verdict.writable ? warnings : problems).push(finding(verdict.reason));
  if (verdict.writable && type && !verdict.takes.includes(type)) problems.push(finding('MemberTypeNotAllowed'));
  return { writable: problems.length === 0, problems, warnings };
};

const holds = ({ roles }: Application, any: readonly string[]): boolean => any.some((role) => roles.includes(role));

/** Such an application is not the one that writes, where the services have applications of their own, and says nothing of that one. */
export const onlyReads = ({ roles }: Application): boolean =>
  roles.length > 0 && roles.every((role) => /\.Read(Basic)?\./.test(role));

/**
 * Whether the application may change the group: by permission, or because it owns it. Only a warning: Graph may not list every service
 * principal that is an owner. https://learn.microsoft.com/graph/api/group-list-owners
 */
const permissionWarnings = async (client: GraphCaller, group: Group, type?: CollectionType): Promise<Finding[]> => {
  const application = await client.application();
  if (!application || onlyReads(application)) return [];
  const unmet = unmetNeeds(application.roles, type).filter(({ service }) => service === 'writer');
  const missing = unmet.some(({ without }) => without === undefined);
  const roles = group.isAssignableToRole && !holds(application, ['RoleManagement.ReadWrite.Directory']);
  const refused = roles || (missing && !(await owns(client, application, group)));
  return [...(refused ? [finding('PermissionMissing')] : []), ...unmet.flatMap(costOf)];
};

/** The same for each application that writes, where a tenant has several: one that cannot sign in leaves the work to the others. */
export const writerWarnings = async (
  writers: readonly MeteredClient[],
  group: Group,
  type?: CollectionType,
): Promise<Finding[]> => {
  const [only, ...others] = writers;
  if (only && others.length === 0) return permissionWarnings(only, group, type);
  const found = await Promise.all(
    writers.map(async (client) => {
      const named = ({ code, message }: Finding): Finding => ({
        code,
        message: `Application ${applicationOfAccount(client.account)}: ${message}`,
      });
      try {
        return (await permissionWarnings(client, group, type)).map(named);
      } catch (error) {
        const { code, message } = asAppError(error);
        if (code !== 'GRAPH_SIGN_IN_REFUSED') throw error;
        return [named({ code: 'SignInRefused', message })];
      }
    }),
  );
  return found.flat();
};

/** What works without a permission, at a price. */
const costOf = ({ any: [least], without }: Need): Finding[] =>
  without ? [{ code: 'PermissionMissing', message: `Without ${least}, ${without}.` }] : [];

/** Who may not look does not know. */
const owns = async (client: GraphCaller, { object }: Application, group: Group): Promise<boolean> => {
  if (object === undefined) return false;
  try {
    return (await ownersOf(client, group)).has(object);
  } catch (error) {
    const failure = asAppError(error);
    if (failure.code !== 'GRAPH_PERMISSION_MISSING') throw failure;
    return false;
  }
};
