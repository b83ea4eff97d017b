/**
 * Why a text is not JSON, without a piece of it: V8 quotes what it could not read, and that may be somebody's name.
 * @param error what JSON.parse threw
 */
export const jsonErrorPosition = (error: unknown): string => {
  const position = /at position \d+/.exec(error instanceof Error ? error.message : '')?.[0];
  return position ? `not JSON ${position}` : 'not JSON';
};
