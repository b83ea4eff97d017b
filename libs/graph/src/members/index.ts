export { classify, type Action, type Classified } from './classify.js';
export { memberPart } from './member-part.js';
export {
  existingObjects,
  hasMemberList,
  IDS_PER_READ,
  listMembers,
  MEMBERS_PER_PAGE,
  type ListedMember,
} from './members.js';
export { removalPath } from './removal-path.js';
