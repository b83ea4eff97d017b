/** What the console shows of how this installation was started. */
export class Installation {
  constructor(readonly demo: boolean) {}
}
