import Table from 'cli-table3';
import { stringify } from 'yaml';

export type Format = 'table' | 'json' | 'yaml';

export interface Column<T> {
  readonly title: string;
  readonly of: (row: T) => unknown;
  readonly right?: boolean;
}

const COLOURS: Readonly<Record<string, string>> = {
  Success: '\u001B[32m',
  'Partial Success': '\u001B[33m',
  'In Progress': '\u001B[36m',
  Held: '\u001B[35m',
  Failed: '\u001B[31m',
  Stale: '\u001B[33m',
  Paused: '\u001B[90m',
};
const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Where everything that a command says goes: data to one stream, words about it to the other. */
export class Output {
  constructor(
    readonly format: Format,
    private readonly out: { write(text: string): unknown; isTTY?: boolean },
    private readonly err: { write(text: string): unknown },
    private readonly colour: boolean,
  ) {}

  /** Rows as a table for people, or the data itself for scripts. */
  rows<T>(rows: readonly T[], columns: readonly Column<T>[], nothing = 'Nothing.'): void {
    if (this.format !== 'table') return this.data(rows);
    if (rows.length === 0) return this.say(nothing);
    const table = new Table({
      head: columns.map(({ title }) => title),
      chars: PLAIN,
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
      colAligns: columns.map(({ right }) => (right ? 'right' : 'left')),
    });
    table.push(...rows.map((row) => columns.map(({ of }) => this.cell(of(row)))));
    this.out.write(`${table.toString().replaceAll(/ +$/gm, '')}\n`);
  }

  /** One thing: as lines `title  value`, or the data itself. */
  one(data: object, lines: readonly (readonly [string, unknown])[]): void {
    if (this.format !== 'table') return this.data(data);
    const width = Math.max(...lines.map(([title]) => title.length));
    for (const [title, value] of lines) this.out.write(`${title.padEnd(width)}  ${this.cell(value)}\n`);
  }

  data(data: unknown): void {
    this.out.write(this.format === 'yaml' ? stringify(data) : `${JSON.stringify(data, null, 2)}\n`);
  }

  /** Text for people; a script that asked for data does not get it. */
  text(text: string): void {
    if (this.format === 'table') this.out.write(`${text}\n`);
  }

  /** Words about what happens. */
  say(text: string): void {
    this.err.write(`${text}\n`);
  }

  clear(): void {
    if (this.out.isTTY) this.out.write('\u001B[2J\u001B[H');
  }

  private cell(value: unknown): string {
    if (value === null || value === undefined || value === '') return '-';
    const text = printable(String(value));
    const colour = this.colour ? COLOURS[text] : undefined;
    return colour ? `${colour}${text}\u001B[0m` : text;
  }
}

/** Names come from a directory: none of them may steer the terminal. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, '\u{FFFD}');

export const age = (time: string | null | undefined, now = Date.now()): string => {
  if (!time) return '-';
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1_000));
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min ago`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h ago` : `${Math.round(seconds / 86_400)} d ago`;
};
