/** Dates and numbers are in the language of the words, in the reader's variant of it. */
export const language = navigator.languages.find((each) => each.startsWith('en')) ?? 'en-GB';
