import { writeFile } from 'node:fs/promises';
import { connect as connectPlain } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { Certificate } from '../certificate.js';
import { kafka, kafkaProgram, SETTINGS } from './kafka.js';
import type { Recipe } from './recipe.js';

/** Kafka of settings of one's own; it answers when it lets connections in, whoever may sign in then. */
export const kafkaWith = (settings: (ports: readonly number[]) => Record<string, string>): Recipe => ({
  ...kafka,

  answers: (address) =>
    new Promise((resolve, reject) => {
      const [host, port] = address.split(':');
      const socket = connectPlain({ host, port: Number(port) }, () => {
        socket.end();
        resolve();
      });
      socket.once('error', reject);
    }),

  program: ({ folder, ports, report }) => kafkaProgram(folder, report, settings(ports)),
});

/** May do everything; makes topics and gives rights. */
const ADMIN = 'admin';

/** Whose tokens are taken from those who sign in with OAUTHBEARER; each user is the subject of its token, and may do everything. */
export interface TokenUsers {
  /** where the authority shows its keys */
  readonly keysUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly subjects: readonly string[];
}

const HANDLERS = 'org.apache.kafka.common.security.oauthbearer';

/** https://kafka.apache.org/documentation/#security_sasl_oauthbearer_prod; a session ends with its token (KIP-368) */
const settingsOf = ({ keysUrl, issuer, audience }: TokenUsers): Record<string, string> => ({
  'sasl.enabled.mechanisms': 'SCRAM-SHA-512,OAUTHBEARER',
  'listener.name.sasl_ssl.oauthbearer.sasl.jaas.config': `${HANDLERS}.OAuthBearerLoginModule required;`,
  'listener.name.sasl_ssl.oauthbearer.sasl.server.callback.handler.class': `${HANDLERS}.OAuthBearerValidatorCallbackHandler`,
  'sasl.oauthbearer.jwks.endpoint.url': keysUrl,
  'sasl.oauthbearer.expected.issuer': issuer,
  'sasl.oauthbearer.expected.audience': audience,
  // whoever issues the tokens runs on this machine
  'sasl.oauthbearer.clock.skew.seconds': '0',
  'connections.max.reauth.ms': '3600000',
});

/** Kafka that speaks TLS alone, to users who sign in with SCRAM or tokens, and lets each do what access control lists allow. */
export const secureKafka = (
  { cert, key }: Certificate,
  users: Readonly<Record<string, string>>,
  tokens?: TokenUsers,
): Recipe => ({
  ...kafka,

  answers: (address) =>
    new Promise((resolve, reject) => {
      const [host, port] = address.split(':');
      const socket = connect({ host, port: Number(port), ca: cert }, () => {
        socket.end();
        resolve();
      });
      socket.once('error', reject);
    }),

  async program({ folder, ports: [port, controllerPort], report }) {
    const [keyStore, trustStore] = [join(folder, 'key-store.pem'), join(folder, 'trust-store.pem')];
    await writeFile(keyStore, `${key}${cert}`, { mode: 0o600 });
    await writeFile(trustStore, cert);
    const scram = Object.entries(users).flatMap(([name, password]) => [
      '--add-scram',
      `SCRAM-SHA-512=[name=${name},password=${password}]`,
    ]);
    return kafkaProgram(
      folder,
      report,
      {
        ...SETTINGS,
        'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL',
        'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
        listeners: `SASL_SSL://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
        'advertised.listeners': `SASL_SSL://127.0.0.1:${port}`,
        'inter.broker.listener.name': 'SASL_SSL',
        'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
        'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
        'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required username="${ADMIN}" password="${users[ADMIN]}";`,
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.location': keyStore,
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': trustStore,
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        // the controller speaks to itself without signing in
        'super.users': [ADMIN, 'ANONYMOUS', ...(tokens?.subjects ?? [])].map((user) => `User:${user}`).join(';'),
        ...(tokens ? settingsOf(tokens) : {}),
      },
      {
        formatting: scram,
        machine: tokens ? [`-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${tokens.keysUrl}`] : [],
      },
    );
  },
});
