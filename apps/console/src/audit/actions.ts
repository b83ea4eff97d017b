import { auditActionValues } from '@collection-sync/api';
import type { Schema } from '../api/client.js';
import { t } from '../i18n/t.js';

export type AuditAction = Schema['AuditAction'];
export const AUDIT_KINDS = ['mapping', 'command', 'tenant'] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

export const AUDIT_ACTIONS: readonly AuditAction[] = auditActionValues;
export const actionsOfKind = (kind: AuditKind): readonly AuditAction[] =>
  AUDIT_ACTIONS.filter((action) => action.startsWith(`${kind}.`));

/** An action in words; one of an older version as the log has it. */
export const actionInWords = (action: string): string => {
  const known = AUDIT_ACTIONS.find((each) => each === action);
  return known ? t(`audit.action.${known}`) : action;
};
