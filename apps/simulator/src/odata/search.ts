/**
 * The words of a text, as `$search` on directory objects takes them: parted by spaces, by numbers, by symbols, and where a small letter is
 * followed by a capital; words that only symbols part are also one word together.
 * https://learn.microsoft.com/graph/search-query-parameter#using-search-on-directory-object-collections
 */
export function searchTokens(text: string): string[] {
  return text.split(/\s+/).flatMap((run) => {
    const parted = run.replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').match(/\p{L}+|\p{N}+|[^\p{L}\p{N}\s]/gu) ?? [];
    const joined = run.replaceAll(/[^\p{L}\p{N}]/gu, '');
    const tokens = parted.map((token) => token.toLowerCase());
    return joined === run || joined === '' ? tokens : [...tokens, joined.toLowerCase()];
  });
}

/** Each word that is looked for begins some word of the text, in any order; a part from within a word is not found. */
export function matchesSearch(text: string, search: string): boolean {
  const words = searchTokens(text);
  const wanted = search.split(/\s+/).flatMap((run) => searchTokens(run).filter((token) => /[\p{L}\p{N}]/u.test(token)));
  return wanted.every((token) => words.some((word) => word.startsWith(token)));
}
