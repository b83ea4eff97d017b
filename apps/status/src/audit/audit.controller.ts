import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { cursorOf, placeOf, toPage } from '../http/page.js';
import { Input, Serve } from '../http/serve.js';
import { pageOfAudit, verifyAudit } from '../store/audit.js';
import { listAudit, verifyAuditLog } from './audit.contract.js';

@Controller()
export class AuditController {
  constructor(private readonly database: Database) {}

  @Serve(listAudit)
  async list(@Input() { query }: InputOf<typeof listAudit>): Promise<AnswerOf<typeof listAudit>> {
    const place = placeOf(query.cursor, 'audit', ['number'])?.[0];
    const rows = await pageOfAudit(this.database, { ...query, ...(typeof place === 'number' ? { below: place } : {}) });
    return toPage(
      rows,
      query.limit,
      (row) => ({ ...row, at: row.at.toISOString() }),
      ({ id }) => cursorOf('audit', [id]),
    );
  }

  @Serve(verifyAuditLog)
  async verify(): Promise<AnswerOf<typeof verifyAuditLog>> {
    const found = await verifyAudit(this.database);
    return { whole: found.broken.length === 0, ...found };
  }
}
