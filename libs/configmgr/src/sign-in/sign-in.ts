/** How a request proves who sends it. Requested again for every request, since a site does not remember a connection. */
export interface SignIn {
  /** The value of the Authorization header, if there is one. Rejects with SOURCE_SIGN_IN_REFUSED. */
  authorization(host: string): Promise<string | undefined>;
  /** The site refused the last one: whatever was kept is stale. */
  refused(): void;
}

/** For stand-ins on a loopback. */
export const noSignIn: SignIn = {
  authorization: () => Promise.resolve(undefined),
  refused: () => undefined,
};
