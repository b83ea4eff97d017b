import { shownJson, shownText } from '@collection-sync/core';
import { isScalar, visit, Document } from 'yaml';
import { cellOf, tableLines, type Column } from './table.js';

export type Format = 'table' | 'json' | 'yaml';
export type { Column } from './table.js';

const COLOURS: Readonly<Record<string, string>> = {
  Success: '\u001B[32m',
  'Partial Success': '\u001B[33m',
  'In Progress': '\u001B[36m',
  Held: '\u001B[35m',
  Failed: '\u001B[31m',
  Stale: '\u001B[33m',
  Paused: '\u001B[90m',
};

interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/**
 * Where everything that a command says goes: data to one stream, words about it to the other. Names come from a site and a directory; none of
 * them may steer the terminal, whatever the format.
 */
export class Output {
  readonly format: Format;
  readonly #out: Stream;
  readonly #err: Stream;
  readonly #colour: boolean;
  /** what `progress` wrote last */
  #shown = '';

  constructor(format: Format, out: Stream, err: Stream, colour: boolean) {
    this.format = format;
    this.#out = out;
    this.#err = err;
    this.#colour = colour;
  }

  /** Rows as a table for people, or the data itself for scripts. */
  rows<T>(rows: readonly T[], columns: readonly Column<T>[], nothing = 'Nothing.'): void {
    if (this.format !== 'table') return this.data(rows);
    if (rows.length === 0) return this.say(nothing);
    for (const line of tableLines(rows, columns, (cell) => this.#paint(cell))) this.#out.write(`${line}\n`);
  }

  /** One thing: as lines `title  value`, or the data itself. */
  one(data: object, lines: readonly (readonly [string, unknown])[]): void {
    if (this.format !== 'table') return this.data(data);
    const width = Math.max(...lines.map(([title]) => title.length));
    for (const [title, value] of lines) this.#out.write(`${title.padEnd(width)}  ${this.#paint(cellOf(value))}\n`);
  }

  data(data: unknown): void {
    this.#out.write(this.format === 'yaml' ? yamlOf(data) : `${shownJson(JSON.stringify(data, null, 2))}\n`);
  }

  /** A YAML document that is more than its data, such as with comments. */
  document(document: Document): void {
    this.#out.write(safeYaml(document));
  }

  /** Text for people; a script that asked for data does not get it. */
  text(text: string): void {
    if (this.format === 'table') this.#out.write(`${shownText(text)}\n`);
  }

  /** Words about what happens. */
  say(text: string): void {
    this.#err.write(`${shownText(text)}\n`);
  }

  /** How far something is: said when it changes. */
  progress(text: string): void {
    if (text === this.#shown) return;
    this.#shown = text;
    this.say(text);
  }

  clear(): void {
    if (this.#out.isTTY) this.#out.write('\u001B[2J\u001B[H');
  }

  #paint(text: string): string {
    const colour = this.#colour ? COLOURS[text] : undefined;
    return colour ? `${colour}${text}\u001B[0m` : text;
  }
}

const yamlOf = (data: unknown): string => safeYaml(new Document(data, { aliasDuplicateObjects: false }));

/** Texts with characters that act are written in double quotes, where an escape stands for each. */
const safeYaml = (document: Document): string => {
  visit(document, {
    Scalar: (_, node) => {
      if (isScalar(node) && typeof node.value === 'string' && shownText(node.value) !== node.value)
        node.type = 'QUOTE_DOUBLE';
    },
  });
  return shownJson(document.toString({ lineWidth: 0 }));
};

export const age = (time: string | null | undefined, now = Date.now()): string => {
  if (!time) return '-';
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1_000));
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min ago`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h ago` : `${Math.round(seconds / 86_400)} d ago`;
};
