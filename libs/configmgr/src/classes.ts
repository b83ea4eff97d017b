/** With every key of the class: without them a list may collapse to one row, https://github.com/MicrosoftDocs/SCCMdocs/issues/1735 */
export const MEMBER = ['CollectionID', 'ResourceID', 'ResourceType', 'Name'];

/** The classes of devices and users, with what identifies them. */
export const RESOURCE = {
  device: { path: 'SMS_R_System', select: ['ResourceId', 'Name', 'AADDeviceID', 'AADTenantID'] },
  user: {
    path: 'SMS_R_User',
    select: ['ResourceId', 'Name', 'AADUserID', 'AADTenantID', 'SID', 'UserPrincipalName'],
  },
} as const;
