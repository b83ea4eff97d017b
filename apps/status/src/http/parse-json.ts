/** No body of the API nests deeper than this by half. */
const DEEPEST = 20;

/** Whether brackets nest deeper than any body of the API: told in one pass, before a parser builds the tree. */
export const isTooDeep = (text: string, deepest = DEEPEST): boolean => {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '[' || char === '{') {
      if (++depth > deepest) return true;
    } else if (char === ']' || char === '}') depth -= 1;
  }
  return false;
};
