import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { root } from '../workspace/run.mjs';
import { goModule } from '../go/programs.mjs';
import { differences } from './same-objects.mjs';
import { runOf } from './kubectl.mjs';
import { runPageCommands } from './page-commands.mjs';

const k8s = join(root, 'deploy/k8s');
const chart = join(root, 'deploy/helm/collection-sync');
const KUBERNETES = '1.34.0';
const CRDS = {
  prometheus: ['github.com/prometheus-operator/prometheus-operator', 'v0.85.0', 'example/prometheus-operator-crd'],
  keda: ['github.com/kedacore/keda/v2', 'v2.18.1', 'config/crd/bases'],
  'cloudnative-pg': ['github.com/cloudnative-pg/cloudnative-pg', 'v1.27.1', 'config/crd/bases'],
};

const must = (condition, message) => {
  if (!condition) throw new Error(message);
};

/** What is asked of a real API server, in order: each is a name and what does it. */
export function checksOf({ kubectl, helm, kubeconfig }) {
  const apply = (text) => kubectl(['apply', '--validate=strict', '-f', '-'], { input: text });
  const render = async (folder) => (await kubectl(['kustomize', folder])).stdout;
  const get = async (...args) => {
    const options = typeof args.at(-1) === 'object' ? args.pop() : {};
    return JSON.parse((await kubectl(['get', '-o', 'json', ...args], options)).stdout);
  };

  // kubectl says "configured" of what it sent a patch for; whether anything changed is known by the server
  const versions = async (text) => {
    const { items } = await get('-f', '-', { input: text });
    return items.map(({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.resourceVersion}`);
  };
  const appliesTwice = async (text) => {
    const { stderr } = await apply(text);
    must(!/warning/i.test(stderr), `a warning: ${stderr}`);
    const before = await versions(text);
    await apply(text);
    const changed = (await versions(text)).filter((each) => !before.includes(each));
    must(changed.length === 0, `the second time something changed: ${changed.join(', ')}`);
  };

  /** The pods that controllers would make, judged by the admission of the namespace, which enforces restricted pod security. */
  const podsAreAdmitted = async (text, namespace) => {
    const templates = documents(text).flatMap(({ kind, metadata, spec }) =>
      spec?.template?.spec
        ? [
            {
              name: `${kind}-${metadata.name}`.toLowerCase(),
              template: spec.template,
              claims: (spec.volumeClaimTemplates ?? []).map((claim) => ({ name: claim.metadata.name, emptyDir: {} })),
            },
          ]
        : [],
    );
    must(templates.length > 0, 'no pods');
    for (const { name, template, claims } of templates) {
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...template.metadata, name, namespace },
        spec: { serviceAccountName: 'pods', ...template.spec, volumes: [...(template.spec.volumes ?? []), ...claims] },
      };
      await kubectl(['create', '--dry-run=server', '--validate=strict', '-f', '-'], { input: JSON.stringify(pod) });
    }
  };
  const withAccount = (namespace) =>
    apply(JSON.stringify({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'pods', namespace } }));

  /** A copy of the example elsewhere, whose reference leads back here by a path or by the address of a repository. */
  const site = async (reference, { tag = '0.1.0', level = 'info', components = [] } = {}) => {
    const folder = await mkdtemp(join(tmpdir(), 'site-'));
    await cp(join(k8s, 'example/kustomization.yaml'), join(folder, 'kustomization.yaml'));
    for (const file of ['ca.crt', 'site.crt', 'krb5.conf']) await writeFile(join(folder, file), `# ${file}\n`);
    const text = await readFile(join(folder, 'kustomization.yaml'), 'utf8');
    await writeFile(
      join(folder, 'kustomization.yaml'),
      text
        .replace('../overlays/production', await reference(folder))
        .replace(
          'components: []',
          `components: ${JSON.stringify(components.map((name) => relative(folder, join(k8s, name))))}`,
        )
        .replace('newTag: 0.1.0', `newTag: ${tag}`)
        .replace(/(- KAFKA_BROKERS=)/, `- LOG_LEVEL=${level}\n      $1`),
    );
    const rendered = await render(folder);
    await rm(folder, { recursive: true });
    return rendered;
  };
  const byPath = (folder) => relative(folder, join(k8s, 'overlays/production'));
  /** The address of a repository that holds what is here now. */
  const byAddress = async () => {
    const repository = await mkdtemp(join(tmpdir(), 'repository-'));
    await cp(k8s, join(repository, 'deploy/k8s'), { recursive: true });
    const git = (...args) =>
      runOf('git')(['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: repository });
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '.');
    await git('commit', '--quiet', '--message=release');
    return `file://${repository}//deploy/k8s/overlays/production?ref=main`;
  };

  const stateOf = async () => {
    const { items } = await get('deployment', '-n', 'collection-sync');
    return items.map(({ spec }) => spec.template.spec);
  };

  return [
    [
      'the demo, twice, with its secrets made twice',
      async () => {
        const secrets = runOf(join(k8s, 'overlays/demo/create-secrets.sh'), { KUBECONFIG: kubeconfig });
        const [first, second] = [await secrets([]), await secrets([])];
        const tokenOf = ({ stdout }) => /^token: (\w{64})$/m.exec(stdout)?.[1];
        must(tokenOf(first) && tokenOf(first) === tokenOf(second), 'the second time made another token');
        const text = await render(join(k8s, 'overlays/demo'));
        await appliesTwice(text);
        await withAccount('collection-sync-demo');
        await podsAreAdmitted(text, 'collection-sync-demo');
      },
    ],
    [
      'production, twice',
      async () => {
        const text = await render(join(k8s, 'overlays/production'));
        await appliesTwice(text);
        await withAccount('collection-sync');
        await podsAreAdmitted(text, 'collection-sync');
      },
    ],
    [
      'a site of its own, from a copy and from an address',
      async () => {
        const text = await site(byPath);
        must(/collection-sync-authorities-[a-z0-9]{10}/.test(text), 'a new authority would not roll the pods');
        await appliesTwice(text);
        must((await site(byAddress)) === text, 'the address gives something else than the path');
      },
    ],
    [
      'an upgrade with another level of logs, and the way back',
      async () => {
        const before = await stateOf();
        await apply(await site(byPath, { tag: '0.2.0', level: 'debug' }));
        const after = await stateOf();
        must(
          after.every(({ initContainers }) => initContainers.every(({ image }) => image.endsWith(':0.2.0'))),
          'migrations of the old release',
        );
        must(!isDeepStrictEqual(before, after), 'nothing changed');
        await apply(await site(byPath));
        must(isDeepStrictEqual(await stateOf(), before), 'the way back leads elsewhere');
      },
    ],
    ...Object.entries(CRDS).map(([name, [module, version, folder]]) => [
      `the component ${name}, with the definitions of ${module} ${version}`,
      async () => {
        const definitions = join(await goModule(module, version), folder);
        await kubectl(['apply', '--server-side', '-f', definitions]);
        await kubectl(['wait', '--for=condition=Established', '--timeout=60s', '-f', definitions]);
        await appliesTwice(
          await site(byPath, { components: [name === 'prometheus' ? '../prometheus' : `components/${name}`] }),
        );
      },
    ]),
    [
      'the component azure-stores',
      async () => appliesTwice(await site(byPath, { components: ['components/azure-stores'] })),
    ],
    [
      'the chart is the overlay production',
      async () => {
        const { stdout } = await helm(['template', 'x', chart, '--kube-version', KUBERNETES]);
        const different = differences(stdout, await render(join(k8s, 'overlays/production')));
        must(different.length === 0, `different: ${different.join(', ')}`);
      },
    ],
    [
      'the chart is installed, upgraded and rolled back',
      async () => {
        const release = ['x', chart, '-n', 'chart'];
        await kubectl(['create', 'namespace', 'chart']);
        await helm(['install', ...release]);
        const image = async () =>
          (await get('deployment', 'writer', '-n', 'chart')).spec.template.spec.initContainers[1].image;
        const before = await image();
        await helm([
          'upgrade',
          ...release,
          '--set',
          'image.tag=0.2.0',
          '--set',
          'settings.connections.LOG_LEVEL=debug',
        ]);
        must((await image()).endsWith(':0.2.0'), 'the upgrade changed nothing');
        await helm(['rollback', 'x', '1', '-n', 'chart']);
        must((await image()) === before, 'the way back leads elsewhere');
        await helm(['uninstall', 'x', '-n', 'chart']);
        must((await get('deployment', '-n', 'chart')).items.length === 0, 'something is left');
      },
    ],
    [
      'a misspelt field is refused',
      async () => {
        const text = (await render(join(k8s, 'overlays/production'))).replace(
          'readOnlyRootFilesystem',
          'readOnlyRootFileSystem',
        );
        const refused = await apply(text).then(
          () => '',
          (error) => error.message,
        );
        must(refused.includes('readOnlyRootFileSystem'), `not refused: ${refused}`);
      },
    ],
    ['the commands of the pages, as they stand', () => runPageCommands({ kubectl, get, kubeconfig })],
  ];
}

const documents = (text) => parseAllDocuments(text).map((document) => document.toJS());
