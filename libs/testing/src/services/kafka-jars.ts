import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './folders.js';
import { installPackages, succeeds } from './install-packages.js';
import { KAFKA_VERSION } from './kafka-version.js';
import { withLock } from './lock.js';
import { runCommand } from './run-command.js';

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** The folder of Kafka's jars, downloaded with Maven once for all checkouts of this user. */
export async function kafkaJars(report: (line: string) => void): Promise<string> {
  const folder = join(cacheFolder(), `kafka-${KAFKA_VERSION}`);
  return withLock('kafka-jars', async () => {
    if (await isFilled(folder)) return folder;
    if (!(await mavenIsThere(report))) throw new Error('Maven is not installed');
    report(`downloading Apache Kafka ${KAFKA_VERSION} (46 jars, 44 MB) with Maven`);
    await download(folder);
    return folder;
  });
}

async function download(folder: string): Promise<void> {
  await mkdir(cacheFolder(), { recursive: true });
  const work = await mkdtemp(join(cacheFolder(), 'kafka-'));
  try {
    await writeFile(join(work, 'pom.xml'), pom());
    const jars = join(work, 'jars');
    const goal = [`${PLUGIN}:copy-dependencies`, `-DoutputDirectory=${jars}`, '-DincludeScope=runtime'];
    await runCommand('mvn', ['-q', '-B', '-f', join(work, 'pom.xml'), ...goal], { cwd: work, deadline: 600_000 });
    await rename(jars, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function mavenIsThere(report: (line: string) => void): Promise<boolean> {
  const there = () => succeeds('mvn', ['--version']);
  return (await there()) || ((await installPackages(['maven'], report)) && (await there()));
}

async function isFilled(folder: string): Promise<boolean> {
  const files = await readdir(folder).catch(() => []);
  return files.some((file) => file.startsWith('kafka_'));
}

function pom(): string {
  const dependency = (group: string, artifact: string, version: string) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>collection-sync</groupId>
  <artifactId>kafka</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    ${dependency('org.apache.kafka', 'kafka_2.13', KAFKA_VERSION)}
    ${dependency('org.slf4j', 'slf4j-simple', '1.7.36')}
  </dependencies>
</project>
`;
}
