import { withEnvironment } from '@collection-sync/testing';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const OVERLAYS = join(ROOT, 'deploy/k8s/overlays');
const KUSTOMIZE = 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly data?: Record<string, string>;
  readonly spec?: Record<string, unknown>;
}

const run = promisify(execFile);

/** The manifests of an overlay as a cluster would get them: by kubectl, or by kustomize, which Go installs where it is missing. */
export const render = (overlay: string): Promise<Manifest[]> => built(join(OVERLAYS, overlay));

/** Those of the overlay production with a component. */
export const renderWith = async (component: string): Promise<Manifest[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  const from = (path: string): string => relative(folder, path);
  const text = [
    `resources: ['${from(join(OVERLAYS, 'production'))}']`,
    `components: ['${from(join(ROOT, 'deploy/k8s/components', component))}']`,
  ];
  try {
    await writeFile(join(folder, 'kustomization.yaml'), text.join('\n'));
    return await built(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
};

const built = async (folder: string): Promise<Manifest[]> => {
  const { stdout } = await run('kubectl', ['kustomize', folder], { maxBuffer: 1 << 24 }).catch(async () =>
    run(await installedKustomize(), ['build', folder], { maxBuffer: 1 << 24 }),
  );
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
};

const installedKustomize = async (): Promise<string> => {
  const folder = join(homedir(), '.cache', 'collection-sync', 'bin');
  const program = join(folder, 'kustomize');
  try {
    await run(program, ['version']);
  } catch {
    await mkdir(folder, { recursive: true });
    await run('go', ['install', KUSTOMIZE], { env: withEnvironment({ GOBIN: folder }) }).catch((error: unknown) => {
      throw new Error(
        'Install kubectl (https://kubernetes.io/docs/tasks/tools), kustomize, or Go to render manifests.',
        {
          cause: error,
        },
      );
    });
  }
  return program;
};
