import { pipeline, Readable, type Duplex } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { stringify, type Options } from 'csv-stringify';
import { Problem } from '../http/problem.js';
import type { StatusSettings } from '../settings.js';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
} as const;

type Row = Record<string, unknown>;
type Page<R> = (last: R | undefined) => Promise<R[]>;

interface FileOf<R> {
  readonly name: string;
  readonly format: keyof typeof TYPES;
  readonly columns: Options['columns'];
  /** the rows after one, none at the end */
  readonly page: Page<R>;
  readonly row: (row: R) => Row;
}

/**
 * Files of any size, made of pages by key as they are read: a reader that is slow holds no connection, only one page. So many at once, and
 * each for so long: past its deadline a file breaks off, which the reader sees, since it has no end.
 */
export class ExportFiles {
  #open = 0;
  readonly #settings: Pick<StatusSettings, 'exports' | 'exportSeconds'>;

  constructor(settings: Pick<StatusSettings, 'exports' | 'exportSeconds'>) {
    this.#settings = settings;
  }

  /** @throws Problem 503 while others take all the places */
  open<R>({ name, format, columns, page, row }: FileOf<R>): StreamableFile {
    if (this.#open >= this.#settings.exports) throw busy();
    const signal = AbortSignal.timeout(this.#settings.exportSeconds * 1_000);
    const rows = rowsOf(page, row);
    const file =
      format === 'csv'
        ? intoCsv(Readable.from(rows, { signal }), columns)
        : Readable.from(format === 'json' ? jsonArray(rows) : jsonLines(rows), { signal });
    this.#open += 1;
    file.once('close', () => (this.#open -= 1));
    return new StreamableFile(file, { type: TYPES[format], disposition: `attachment; filename="${name}.${format}"` });
  }
}

async function* rowsOf<R>(page: Page<R>, row: (row: R) => Row): AsyncGenerator<Row> {
  for (let last: R | undefined; ;) {
    const rows = await page(last);
    for (const one of rows) yield row(one);
    last = rows.at(-1);
    if (last === undefined) return;
  }
}

async function* jsonArray(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield before + JSON.stringify(row);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* jsonLines(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

/** Names come from the directory: none of them may become a formula of a spreadsheet. */
const intoCsv = (source: Readable, columns: Options['columns']): Duplex => {
  const csv = stringify({ header: true, columns, escape_formulas: true, bom: true, cast: { boolean: String } });
  return pipeline(source, csv, () => undefined);
};

const busy = (): Problem =>
  new Problem(
    503,
    'As many files as this service makes at once are being downloaded.',
    { advice: 'Try again in a minute.' },
    { 'retry-after': '60' },
  );
