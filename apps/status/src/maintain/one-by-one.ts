/** What fails for one of them holds up none of the others; the first failure is thrown in the end, so that the loop tells it. */
export const oneByOne = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const failures: unknown[] = [];
  for (const item of items) await work(item).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
};
