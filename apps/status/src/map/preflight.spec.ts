import { expect, it } from 'vitest';
import { onlyReads } from './preflight.js';

it.each([
  [['GroupMember.Read.All'], true],
  [['Group.Read.All', 'User.ReadBasic.All'], true],
  [['GroupMember.Read.All', 'GroupMember.ReadWrite.All'], false],
  [['Device.ReadWrite.All'], false],
  // nothing was granted: that is worth a warning
  [[], false],
])('an application with %j only reads: %s', (roles, reads) => {
  expect(onlyReads({ roles })).toBe(reads);
});
