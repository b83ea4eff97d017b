type Step = () => Promise<unknown>;

const steps: Step[] = [];

/** Remembers something to undo when the test file, or the program, is done with its services. */
export function whenDone(step: Step): void {
  steps.push(step);
}

/** Undoes all of it, the latest first. The integration project does this after every test file; programs call it themselves. */
export async function cleanUp(): Promise<void> {
  const errors: unknown[] = [];
  for (let step = steps.pop(); step; step = steps.pop()) await step().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw new AggregateError(errors, `could not clean up: ${errors.map(String).join('; ')}`);
}
