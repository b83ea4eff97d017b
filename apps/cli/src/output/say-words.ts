import { shownText } from '@collection-sync/core';

/** Words about what happens, on one line of the standard error. */
export const sayWords = (text: string): void => void process.stderr.write(`${shownText(text)}\n`);
