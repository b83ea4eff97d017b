import type { SignIn } from './sign-in.js';

const KEPT_MS = 60_000;

/** A token from wherever the caller has it, kept for a minute, and requested again when the site refuses it. */
export const bearerSignIn = (token: () => string | Promise<string>): SignIn => {
  let kept: { value: Promise<string>; until: number } | undefined;
  const current = (): Promise<string> => {
    if (!kept || kept.until < performance.now()) {
      const value = Promise.resolve().then(token);
      value.catch(() => (kept = undefined));
      kept = { value, until: performance.now() + KEPT_MS };
    }
    return kept.value;
  };
  return {
    authorization: async () => `Bearer ${(await current()).trim()}`,
    refused: () => {
      kept = undefined;
    },
  };
};
