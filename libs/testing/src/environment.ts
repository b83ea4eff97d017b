/** A variable of this process; one that is empty is not set. Nothing else of tests and their tools reads the environment. */
export const readVariable = (name: string): string | undefined => process.env[name] || undefined;

/** The environment of this process with `more` in it, for a program that it starts. */
export const withEnvironment = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  ...more,
});

/** What was started for this process is found by `readVariable`. */
export const setVariables = (variables: Readonly<Record<string, string>>): void =>
  void Object.assign(process.env, variables);

/** A variable that has another value while `work` lasts. */
export const withVariable = async <T>(name: string, value: string, work: () => Promise<T>): Promise<T> => {
  const before = process.env[name];
  process.env[name] = value;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
};
