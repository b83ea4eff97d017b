/** What a name is searched by: the text without the blanks at its ends, and as it was typed when that is another; nothing for blanks alone. */
export const searchedAs = (typed: string): string[] => {
  const bare = typed.trim();
  return bare === '' ? [] : [...new Set([bare, typed])];
};
