import { join } from 'node:path';
import { readVariable } from '../environment.js';
import { installPackages } from './install-packages.js';
import { runCommand } from './run-command.js';

// Kafka 4 brokers need Java 17: KIP-1013, https://cwiki.apache.org/confluence/x/cQwZEQ
const OLDEST = 17;

/** The command of a Java that can run Kafka, installed if it is missing and may be installed. */
export async function java(report: (line: string) => void): Promise<string> {
  const home = readVariable('JAVA_HOME');
  const command = home ? join(home, 'bin', 'java') : 'java';
  if ((await majorVersion(command)) === undefined) await installPackages(['default-jre-headless'], report);
  const found = await majorVersion(command);
  if (found === undefined) throw new Error('Java is not installed');
  if (found < OLDEST) throw new Error(`Java ${found} is too old for Kafka 4, which needs ${OLDEST} or newer`);
  return command;
}

async function majorVersion(command: string): Promise<number | undefined> {
  const printed = await runCommand(command, ['--version'], { deadline: 20_000 }).catch(() => undefined);
  const major = printed && /^\S+ (\d+)/.exec(printed)?.[1];
  return major ? Number(major) : undefined;
}
