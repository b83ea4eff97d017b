export interface AccessToken {
  readonly token: string;
  /** milliseconds since 1970 */
  readonly expiresOnTimestamp: number;
}

/** Access tokens of this process's own identity, which a store takes in the place of a password. */
export interface TokenSource {
  /**
   * What asks for tokens of a scope; each that it answers is good for minutes still.
   * @throws AppError for an identity that is half given
   */
  of(scope: string): () => Promise<AccessToken>;
}
