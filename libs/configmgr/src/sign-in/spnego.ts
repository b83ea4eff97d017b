/** The Kerberos library of the machine, with the credential of the process. */
export interface Spnego {
  /** The first token for a service, such as `HTTP@cm01.contoso.com`. @throws Error with the reason of the library */
  token(service: string): Promise<Buffer>;
}
