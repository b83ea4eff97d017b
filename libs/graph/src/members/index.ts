export { classify, type Action, type Classified, type RequestIds } from './classify.js';
export { deltaOfGroups, GROUPS_PER_DELTA, wordsOfGroups, type DeltaGroupRow, type ReadGroups } from './delta-groups.js';
export { memberPart } from './member-part.js';
export {
  countMembers,
  existingObjects,
  hasMemberList,
  IDS_PER_READ,
  listMembers,
  listUnlistedMembers,
  MEMBERS_PER_PAGE,
  type ListedMember,
} from './members.js';
export { removalPath } from './removal-path.js';
