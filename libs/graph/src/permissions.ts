/** Application permissions of Microsoft Graph that one service needs for one purpose. */
export interface Need {
  readonly service: 'resolver' | 'writer' | 'status';
  /** any of these is enough; the first is the least */
  readonly any: readonly [string, ...string[]];
  /** the requests that need it */
  readonly requests: readonly string[];
  readonly purpose: string;
  /** for collections of this kind only */
  readonly kind?: 'device' | 'user';
  /** works without it, at this price */
  readonly without?: string;
}

const READ_DIRECTORY = ['Directory.Read.All', 'Directory.ReadWrite.All'] as const;
const READ_GROUPS = [
  'GroupMember.Read.All',
  'Group.ReadBasic.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  ...READ_DIRECTORY,
] as const;

/** What Microsoft documents for the requests made here: permissions.json of microsoftgraph/microsoft-graph-devx-content. */
export const NEEDS: readonly Need[] = [
  {
    service: 'resolver',
    kind: 'device',
    any: ['Device.Read.All', 'Device.ReadWrite.All', ...READ_DIRECTORY],
    requests: ['GET /devices/delta', 'GET /devices'],
    purpose: 'the mirror of devices, and look-ups of one',
  },
  {
    service: 'resolver',
    kind: 'user',
    any: ['User.Read.All', 'User.ReadWrite.All', ...READ_DIRECTORY],
    requests: ['GET /users/delta', 'GET /users'],
    purpose: 'the mirror of users, and look-ups of one',
  },
  {
    service: 'writer',
    any: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All'],
    requests: [
      'PATCH /groups/{id}',
      'POST /groups/{id}/members/$ref',
      'DELETE /groups/{id}/members/{id}/$ref',
      'GET /groups/{id}/members',
    ],
    purpose: 'reading, adding and removing members',
  },
  {
    service: 'writer',
    kind: 'device',
    any: ['Device.ReadWrite.All', 'Directory.ReadWrite.All'],
    requests: ['POST /groups/{id}/members/$ref', 'PATCH /groups/{id}'],
    purpose:
      'adding devices, though only the group is written (https://learn.microsoft.com/graph/api/group-post-members)',
  },
  {
    service: 'writer',
    any: READ_GROUPS,
    requests: ['GET /groups/{id}'],
    purpose: 'looking at a group that refuses a write',
    without:
      'a group that refuses a write is only said to lack a permission, not to be dynamic, mail-enabled or mastered on premises',
  },
  {
    service: 'writer',
    any: READ_DIRECTORY,
    requests: ['POST /directoryObjects/getByIds', "GET /applications(appId='{id}')"],
    purpose: 'looking up what is added, 1,000 at once; when a client secret ends',
    without:
      'an object that is gone is found among those to add one by one, which costs writes and time, and the end of a client secret is not told',
  },
  {
    service: 'writer',
    any: READ_GROUPS,
    requests: ['GET /groups/delta'],
    purpose: 'following who joins and leaves the mapped groups',
    without: 'each full run lists its group whole, and what others change in Entra is found by full runs alone',
  },
  {
    service: 'status',
    any: READ_GROUPS,
    requests: ['GET /groups', 'GET /groups/{id}'],
    purpose: 'search of groups, the check before a mapping',
  },
  {
    service: 'status',
    any: [
      'GroupMember.Read.All',
      'GroupMember.ReadWrite.All',
      'Group.Read.All',
      'Group.ReadWrite.All',
      'Directory.Read.All',
    ],
    requests: ['GET /groups/{id}/owners', 'GET /groups/{id}/owners/microsoft.graph.servicePrincipal'],
    purpose: 'whether the application owns the group',
    without:
      'an application that may write its own groups alone is warned about, and no group may be mapped by its owner (MAPPABLE_GROUPS)',
  },
  {
    service: 'status',
    any: ['GroupMember.Read.All', 'Group.Read.All', ...READ_DIRECTORY],
    requests: ['GET /groups/{id}/memberOf'],
    purpose: 'groups that may be mapped by their administrative unit',
    without: 'no group may be mapped by its administrative unit (MAPPABLE_GROUPS)',
  },
];

/** The needs that these permissions leave open; for a mapping, those of its kind of members alone. */
export const unmetNeeds = (roles: readonly string[], kind?: 'device' | 'user'): Need[] =>
  NEEDS.filter((need) => !need.any.some((role) => roles.includes(role)) && (!kind || !need.kind || need.kind === kind));

/** What a service does without for want of optional permissions, each named once; undefined when it lacks none. */
export const costOfMissing = (roles: readonly string[], of: Need['service']): string | undefined => {
  const costs = unmetNeeds(roles).flatMap(({ service, any: [least], without }) =>
    without === undefined || service !== of ? [] : [{ least, without }],
  );
  const sentences = [...Map.groupBy(costs, ({ least }) => least)].map(
    ([least, group]) => `Without ${least}, ${group.map(({ without }) => without).join('; ')}.`,
  );
  return sentences.length === 0 ? undefined : sentences.join(' ');
};
