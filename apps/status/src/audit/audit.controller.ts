import { Database } from '@collection-sync/postgres';
import { Controller } from '@nestjs/common';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { cursorOf, placeOf, toPage } from '../http/page.js';
import { Input, Serve } from '../http/serve.js';
import { listAudit } from './audit.contract.js';

interface AuditRow {
  id: number;
  at: Date;
  actor: string;
  role: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
}

@Controller()
export class AuditController {
  constructor(private readonly database: Database) {}

  @Serve(listAudit)
  async list(@Input() { query }: InputOf<typeof listAudit>): Promise<AnswerOf<typeof listAudit>> {
    const place = placeOf(query.cursor, 'audit', ['number'])?.[0];
    const rows = await this.database.query<AuditRow>(
      `select id, at, actor, role, action, subject, detail from audit
       where ($1::float8 is null or id < $1) and ($2::text is null or actor = $2) and ($3::text is null or subject = $3)
         and ($4::text is null or action = $4)
       order by id desc limit $5`,
      [place ?? null, query.actor ?? null, query.subject ?? null, query.action ?? null, query.limit + 1],
    );
    return toPage(
      rows,
      query.limit,
      (row) => ({ ...row, at: row.at.toISOString() }),
      ({ id }) => cursorOf('audit', [id]),
    );
  }
}
