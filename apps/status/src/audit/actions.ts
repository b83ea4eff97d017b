import { commandKind } from '@collection-sync/core';

/** Everything that a line of the audit log may tell of. */
export const AUDIT_ACTIONS = [
  'mapping.create',
  'mapping.change',
  'mapping.pause',
  'mapping.resume',
  'mapping.delete',
  'mapping.adopt',
  'tenant.enable',
  'tenant.disable',
  ...commandKind.options.map((kind) => `command.${kind}` as const),
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
