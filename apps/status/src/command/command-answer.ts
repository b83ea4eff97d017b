import type { CommandRow } from '../store/commands.js';
import type { CommandAnswer } from './commands.contract.js';

export const toCommandAnswer = (row: CommandRow): CommandAnswer => ({
  id: row.id,
  kind: row.kind,
  target: row.target,
  collectionId: row.collection,
  planId: row.plan,
  state: row.state,
  issuedAt: row.issuedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  issuedBy: row.issuedBy,
  answeredAt: row.answeredAt?.toISOString() ?? null,
  message: row.message,
});
