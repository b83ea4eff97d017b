/**
 * What steers a terminal or a line of text, or hides in it: controls, line separators, and formats such as U+202E. The joiners U+200C and
 * U+200D stay: words and emoji are spelled with them.
 */
const UNSEEN = /[\p{Cc}\u2028\u2029]|(?![\u200C\u200D])\p{Cf}/gu;

/** https://www.unicode.org/charts/PDF/U2400.pdf */
const PICTURES = 0x24_00;
const DELETE_PICTURE = '\u2421';
const BLANK_PICTURE = '\u2420';

/** A text from outside as people see it: every character that would act instead of being seen is a symbol. */
export const shownText = (text: string): string => text.replaceAll(UNSEEN, symbolOf);

/** A name as people see it: blanks at its ends are symbols too. */
export const shownName = (name: string): string =>
  shownText(name).replaceAll(/^\p{Zs}+|\p{Zs}+$/gu, (blanks) => BLANK_PICTURE.repeat(blanks.length));

/** JSON that has no such character, and means the same. */
export const shownJson = (json: string): string =>
  json.replaceAll(UNSEEN, (character) => (character === '\n' ? character : escapeOf(character)));

const symbolOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(PICTURES + code);
  return code === 0x7f ? DELETE_PICTURE : `\u27E8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27E9`;
};

const escapeOf = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => String.raw`\u` + character.charCodeAt(at).toString(16).padStart(4, '0'),
  ).join('');
