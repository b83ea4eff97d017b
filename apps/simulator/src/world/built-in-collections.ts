import { DEVICE_COLLECTION, OTHER_COLLECTION, USER_COLLECTION } from './collection.js';
import { FLAG } from './resource-table.js';
import { TYPE } from './resource-type.js';

export interface BuiltInCollection {
  readonly id: string;
  readonly name: string;
  readonly type: number;
  /** whether a resource of this kind, with these flags, is a member */
  readonly holds: (type: number, flags: number) => boolean;
}

const none = (): boolean => false;

/**
 * The collections of every site, as recordings list them:
 * https://github.com/SpecterOps/ConfigManBearPig/tree/main/sample_data
 */
export const BUILT_IN_COLLECTIONS: readonly BuiltInCollection[] = [
  {
    id: 'SMS00001',
    name: 'All Systems',
    type: DEVICE_COLLECTION,
    holds: (type) => type === TYPE.system || type === TYPE.unknown,
  },
  { id: 'SMS00002', name: 'All Users', type: USER_COLLECTION, holds: (type) => type === TYPE.user },
  { id: 'SMS00003', name: 'All User Groups', type: USER_COLLECTION, holds: (type) => type === TYPE.userGroup },
  {
    id: 'SMS00004',
    name: 'All Users and User Groups',
    type: USER_COLLECTION,
    holds: (type) => type === TYPE.user || type === TYPE.userGroup,
  },
  { id: 'SMS000KM', name: 'Co-management Eligible Devices', type: DEVICE_COLLECTION, holds: none },
  { id: 'SMS000PS', name: 'All Provisioning Devices', type: DEVICE_COLLECTION, holds: none },
  {
    id: 'SMS000US',
    name: 'All Unknown Computers',
    type: DEVICE_COLLECTION,
    holds: (type) => type === TYPE.unknown,
  },
  { id: 'SMSDM001', name: 'All Mobile Devices', type: DEVICE_COLLECTION, holds: none },
  {
    id: 'SMSDM003',
    name: 'All Desktop and Server Clients',
    type: DEVICE_COLLECTION,
    holds: (type, flags) => type === TYPE.system && (flags & FLAG.client) !== 0,
  },
  { id: 'SMSOTHER', name: 'All Custom Resources', type: OTHER_COLLECTION, holds: none },
];
