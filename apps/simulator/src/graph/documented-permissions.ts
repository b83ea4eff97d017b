const OWNERS = [
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'Directory.Read.All',
] as const;

/**
 * Application permissions by request, any of which is enough, the least first. Extract for the requests of group synchronisation from
 * permissions/new/permissions.json of microsoftgraph/microsoft-graph-devx-content (state of 2026-08-07); where that file does not know a
 * request, from the table of its page, which is named. Permissions for other purposes (agents, Intune, cross-tenant, data location) are
 * left out.
 */
export const DOCUMENTED = {
  'GET /groups': [
    'Group.ReadBasic.All',
    'GroupMember.Read.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'GET /groups/{id}': [
    'Group.ReadBasic.All',
    'GroupMember.Read.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'GET /groups/{id}/owners': OWNERS,
  /** a cast of it */
  'GET /groups/{id}/owners/microsoft.graph.servicePrincipal': OWNERS,
  /** https://learn.microsoft.com/graph/api/group-list-memberof */
  'GET /groups/{id}/memberOf': [
    'GroupMember.Read.All',
    'Group.Read.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'GET /groups/{id}/members': [
    'GroupMember.ReadBasic.All',
    'GroupMember.Read.All',
    'GroupMember.ReadWrite.All',
    'Group.ReadBasic.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
  ],
  'GET /groups/delta': [
    'Group.ReadBasic.All',
    'GroupMember.Read.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  /** https://learn.microsoft.com/graph/api/group-post-members */
  'POST /groups/{id}/members/$ref': ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  /** with `members@odata.bind`: https://learn.microsoft.com/graph/api/group-post-members; the file knows the change of properties only */
  'PATCH /groups/{id}': ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  'DELETE /groups/{id}/members/{id}/$ref': [
    'GroupMember.ReadWrite.All',
    'Group.ReadWrite.All',
    'Directory.ReadWrite.All',
  ],
  'POST /groups': ['Group.Create', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  'GET /devices': ['Device.Read.All', 'Device.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  /** the file names the first alone */
  'GET /devices/delta': ['Device.Read.All', 'Device.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'GET /users': [
    'User.ReadBasic.All',
    'User.Read.All',
    'User.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'GET /users/delta': ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  "GET /applications(appId='{id}')": [
    'Application.Read.All',
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  /** the file names the first alone */
  'POST /directoryObjects/getByIds': ['Directory.Read.All', 'Directory.ReadWrite.All'],
} as const satisfies Record<string, readonly string[]>;

export type DocumentedRequest = keyof typeof DOCUMENTED;
