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
export const ADMIN = 'admin';

/** Kafka that speaks TLS alone, to users who sign in with SCRAM, and lets each do what access control lists allow. */
export const secureKafka = ({ cert, key }: Certificate, users: Readonly<Record<string, string>>): Recipe => ({
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
        'super.users': `User:${ADMIN};User:ANONYMOUS`,
      },
      scram,
    );
  },
});
