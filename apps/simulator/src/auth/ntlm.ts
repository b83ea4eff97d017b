const SIGNATURE = 'NTLMSSP\0';
const NEGOTIATE_UNICODE_NTLM = 0x00008205;

/** The type of an NTLM message (1 negotiate, 3 authenticate), or 0 if it is none. */
export function ntlmType(token: string): number {
  const message = Buffer.from(token, 'base64');
  return message.length >= 12 && message.subarray(0, 8).toString('latin1') === SIGNATURE ? message.readUInt32LE(8) : 0;
}

/** The server's second leg: a challenge. Source: [MS-NLMP] 2.2.1.2 */
export function ntlmChallenge(challenge: Buffer): string {
  const message = Buffer.alloc(48);
  message.write(SIGNATURE, 0, 'latin1');
  message.writeUInt32LE(2, 8);
  message.writeUInt32LE(48, 16);
  message.writeUInt32LE(NEGOTIATE_UNICODE_NTLM, 20);
  challenge.copy(message, 24, 0, 8);
  message.writeUInt32LE(48, 44);
  return message.toString('base64');
}
