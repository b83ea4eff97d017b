import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { connect } from 'node:tls';
import type { Certificate } from '../certificate.js';
import { java } from './java.js';
import { kafkaJars } from './kafka-jars.js';
import { clusterId, kafka, properties, SETTINGS } from './kafka.js';
import type { Recipe } from './recipe.js';
import { runCommand } from './run-command.js';

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
    const command = await java(report);
    const settings = join(folder, 'server.properties');
    const [keyStore, trustStore] = [join(folder, 'key-store.pem'), join(folder, 'trust-store.pem')];
    await writeFile(keyStore, `${key}${cert}`, { mode: 0o600 });
    await writeFile(trustStore, cert);
    await writeFile(
      settings,
      properties({
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
        'log.dirs': join(folder, 'data'),
      }),
    );
    const classPath = [join(await kafkaJars(report), '*')].join(delimiter);
    const machine = ['-XX:TieredStopAtLevel=1', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', classPath];
    const scram = Object.entries(users).flatMap(([name, password]) => [
      '--add-scram',
      `SCRAM-SHA-512=[name=${name},password=${password}]`,
    ]);
    const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId(), '-c', settings, ...scram];
    await runCommand(command, [...machine, ...format]);
    return {
      command,
      args: ['-Xms256m', '-Xmx768m', ...machine, 'kafka.Kafka', settings],
      stopSignal: 'SIGTERM',
    };
  },
});
