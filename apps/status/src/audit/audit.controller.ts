import { Database } from '@collection-sync/postgres';
import { Controller, type StreamableFile } from '@nestjs/common';
import { ReadScope, type Scope } from '../auth/scope.js';
import { ExportFiles } from '../show/export-files.js';
import type { AnswerOf, InputOf } from '../http/contract.js';
import { notFound } from '../http/problem.js';
import { cursorOf, decodeCursor, toPage } from '../http/page.js';
import { Input, Serve } from '../http/serve.js';
import { auditPeople, pageOfAudit, verifyAudit, type NamedAuditRow } from '../store/audit.js';
import {
  auditEntry,
  exportAudit,
  getAuditEntry,
  listAudit,
  listAuditPeople,
  PEOPLE,
  verifyAuditLog,
} from './audit.contract.js';

const FILE_PAGE = 1_000;

const toEntry = (row: NamedAuditRow) => ({ ...row, at: row.at.toISOString() });

@Controller()
export class AuditController {
  constructor(
    private readonly database: Database,
    private readonly files: ExportFiles,
  ) {}

  @Serve(listAudit)
  async list(
    @ReadScope() scope: Scope,
    @Input() { query }: InputOf<typeof listAudit>,
  ): Promise<AnswerOf<typeof listAudit>> {
    const position = decodeCursor(query.cursor, 'audit', ['number'])?.[0];
    const rows = await pageOfAudit(this.database, scope.toParameter(), {
      ...query,
      ...(typeof position === 'number' ? { below: position } : {}),
    });
    return toPage(rows, query.limit, toEntry, ({ id }) => cursorOf('audit', [id]));
  }

  @Serve(listAuditPeople)
  async people(@ReadScope() scope: Scope): Promise<AnswerOf<typeof listAuditPeople>> {
    const people = await auditPeople(this.database, scope.toParameter(), PEOPLE);
    return { items: people.map((one) => ({ ...one, lastAt: one.lastAt.toISOString() })) };
  }

  @Serve(getAuditEntry)
  async get(
    @ReadScope() scope: Scope,
    @Input() { params: { id } }: InputOf<typeof getAuditEntry>,
  ): Promise<AnswerOf<typeof getAuditEntry>> {
    const [entry] = await pageOfAudit(this.database, scope.toParameter(), { below: id + 1, limit: 0 });
    if (entry?.id !== id) throw notFound(`Line ${id} of the audit log`, 'It may be older than the log is kept.');
    return toEntry(entry);
  }

  @Serve(exportAudit)
  export(
    @ReadScope() scope: Scope,
    @Input() { query: { format, ...filter } }: InputOf<typeof exportAudit>,
  ): StreamableFile {
    return this.files.open<NamedAuditRow>({
      name: 'audit',
      format,
      columns: Object.keys(auditEntry.shape).map((key) => ({ key, header: key })),
      page: (last) =>
        pageOfAudit(this.database, scope.toParameter(), {
          ...filter,
          limit: FILE_PAGE,
          ...(last ? { below: last.id } : {}),
        }),
      row: toEntry,
    });
  }

  @Serve(verifyAuditLog)
  async verify(): Promise<AnswerOf<typeof verifyAuditLog>> {
    const found = await verifyAudit(this.database);
    return { whole: found.broken.length === 0, ...found };
  }
}
