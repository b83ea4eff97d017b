import kafkajs, { type Mechanism } from 'kafkajs';

type Next = () => Promise<{ readonly token: string }>;

const { KafkaJSNonRetriableError } = kafkajs;

/** As the protocol has bytes: their number before them. */
const counted = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/**
 * Signs in with a token, another one each time: https://www.rfc-editor.org/rfc/rfc7628. The client's own OAUTHBEARER takes a refusal for a
 * success, since it does not read the answer, which is empty only for a token that the server takes.
 */
export const oauthBearer = (next: Next): Mechanism => ({
  mechanism: 'oauthbearer',
  authenticationProvider: ({ saslAuthenticate }) => ({
    authenticate: async () => {
      const { token } = await next();
      const refusal = await saslAuthenticate<string>({
        request: { encode: () => counted(`n,,\x01auth=Bearer ${token}\x01\x01`) },
        response: { decode: (answer) => answer, parse: (answer) => answer.subarray(4).toString() },
      });
      if (refusal) throw new KafkaJSNonRetriableError(`OAUTHBEARER authentication failed: ${refusal}`);
    },
  }),
});
