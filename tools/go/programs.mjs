import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { step } from '../workspace/run.mjs';

const run = promisify(execFile);
const folder = join(homedir(), '.cache', 'collection-sync', 'bin');

/** Programs that Go builds from their modules, pinned. The first build of each takes minutes; what is built is kept. */
const VERSION = 'k8s.io/component-base/version.git';
const KUBERNETES = {
  module: 'k8s.io/kubernetes',
  version: 'v1.34.2',
  // what it says of itself: charts and clients ask for it
  flags: `-X ${VERSION}Version=v1.34.2 -X ${VERSION}Major=1 -X ${VERSION}Minor=34`,
};
const PROGRAMS = {
  etcd: { module: 'go.etcd.io/etcd/server/v3', version: 'v3.6.5', inside: '' },
  'kube-apiserver': { ...KUBERNETES, inside: '/cmd/kube-apiserver' },
  kubectl: { ...KUBERNETES, inside: '/cmd/kubectl' },
  helm: { module: 'helm.sh/helm/v3', version: 'v3.19.2', inside: '/cmd/helm' },
  promtool: { module: 'github.com/prometheus/prometheus', version: 'v0.305.0', inside: '/cmd/promtool' },
};

/** The path of a program, built where it is missing. */
export async function goProgram(name) {
  const { module, version, inside, flags = '' } = PROGRAMS[name];
  const program = join(folder, `${name}-${version}`);
  if (existsSync(program)) return program;
  const place = await mkdtemp(join(tmpdir(), 'go-program-'));
  try {
    await writeFile(join(place, 'go.mod'), await goMod(module, version));
    await writeFile(join(place, 'tools.go'), `//go:build tools\n\npackage build\n\nimport _ "${module}${inside}"\n`);
    await mkdir(folder, { recursive: true });
    for (const args of [
      ['mod', 'tidy', '-e'],
      ['build', '-trimpath', '-ldflags', `-s -w ${flags}`, '-o', `${program}.part`, `${module}${inside}`],
    ]) {
      const code = await step(`building ${name} ${version}: go ${args[0]} (minutes the first time)`, 'go', args, {
        cwd: place,
      });
      if (code !== 0) throw new Error(`${name} could not be built; install Go 1.25 or newer`);
    }
    await rename(`${program}.part`, program);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
  return program;
}

/** The folder of a module's source. */
export async function goModule(module, version) {
  return (await download(module, version)).Dir;
}

async function download(module, version) {
  const { stdout } = await run('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: tmpdir() });
  return JSON.parse(stdout);
}

// `go install` refuses modules that replace others, so that their replacements are repeated in a module of our own.
async function goMod(module, version) {
  const text = await readFile((await download(module, version)).GoMod, 'utf8');
  const [, go] = /^go (\S+)$/m.exec(text);
  const replaced = directives(text, 'replace').flatMap((line) => {
    const [from, to] = line.split(' => ');
    if (!to.startsWith('.')) return [`replace ${line}`];
    // the parts of Kubernetes are published beside it: v1.34.2 needs v0.34.2 of each
    return to.startsWith('./staging/') ? [`replace ${from} => ${from} ${version.replace(/^v1/, 'v0')}`] : [];
  });
  const excluded = directives(text, 'exclude').map((line) => `exclude ${line}`);
  return ['module build', `go ${go}`, `require ${module} ${version}`, ...replaced, ...excluded, ''].join('\n');
}

/** The lines of one kind in a go.mod, alone or in a block. */
function directives(text, kind) {
  const alone = [...text.matchAll(new RegExp(`^${kind} ([^(\\n]+)$`, 'gm'))].map(([, line]) => line);
  const blocks = [...text.matchAll(new RegExp(`^${kind} \\(\\n([^)]*)\\)`, 'gm'))].flatMap(([, lines]) =>
    lines.split('\n'),
  );
  return [...alone, ...blocks].map((line) => line.replace(/\/\/.*/, '').trim()).filter(Boolean);
}
