import { SERVICES } from '@collection-sync/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { heapOfImage } from './heap.js';
import { render, type Manifest } from './manifests.js';
import { allOf, isOurs, podsOf } from './pods.js';
import { validate } from './validate.js';

const mebibytes = (quantity = ''): number => {
  const [, amount, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? [];
  return Number(amount) * (unit === 'Gi' ? 1024 : 1);
};

describe.each(['demo', 'production'])('the overlay %s', (overlay) => {
  let manifests: Manifest[];
  beforeAll(async () => {
    manifests = await render(overlay);
  });
  const named = (kind: string) => manifests.filter((each) => each.kind === kind).map(({ metadata }) => metadata.name);

  it('is what the schemas of Kubernetes allow, without a field that they do not know', async () => {
    const complaints: string[] = [];
    for (const manifest of manifests) {
      await validate(manifest).catch((error: Error) =>
        complaints.push(`${manifest.kind} ${manifest.metadata.name}: ${error.message}`),
      );
    }
    expect(complaints).toEqual([]);
  });

  it('has what each service needs', () => {
    for (const kind of ['Deployment', 'Service', 'ServiceAccount', 'PodDisruptionBudget'])
      expect(named(kind), kind).toEqual(expect.arrayContaining([...SERVICES]));
    expect(named('HorizontalPodAutoscaler').sort()).toEqual(['resolver', 'status']);
    expect(named('NetworkPolicy')).toContain('deny-all');
  });

  it('lets no pod do what restricted pod security forbids, and gives each its share', () => {
    const wrong: string[] = [];
    for (const pod of podsOf(manifests)) {
      const { name, spec } = pod;
      if (spec.securityContext?.runAsNonRoot !== true) wrong.push(`${name}: root`);
      if (spec.securityContext?.seccompProfile?.type !== 'RuntimeDefault') wrong.push(`${name}: seccomp`);
      for (const { name: part, image, securityContext, resources } of allOf(pod)) {
        if (securityContext?.allowPrivilegeEscalation !== false) wrong.push(`${name} ${part}: escalation`);
        if (!securityContext?.capabilities?.drop?.includes('ALL')) wrong.push(`${name} ${part}: capabilities`);
        if (!/postgres|kafka/.test(image) && securityContext?.readOnlyRootFilesystem !== true)
          wrong.push(`${name} ${part}: writable root`);
        if (!resources?.requests?.['memory'] || !resources.limits?.['memory']) wrong.push(`${name} ${part}: resources`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('gives every pod of ours more memory than the heap that the image allows', () => {
    for (const { name, spec } of podsOf(manifests)) {
      const [container] = spec.containers;
      if (!container || !isOurs(container)) continue;
      const limit = mebibytes(container.resources?.limits?.['memory']);
      expect(limit, name).toBeGreaterThanOrEqual(heapOfImage());
      // buffers of sockets, code and the machine itself come to as much again
      if (name.startsWith('Deployment/')) expect(limit, name).toBeGreaterThanOrEqual(2 * heapOfImage());
    }
  });

  it('carries no secret, and hands none over as a variable', () => {
    expect(named('Secret')).toEqual([]);
    const ours = podsOf(manifests).flatMap(allOf).filter(isOurs);
    expect(ours.flatMap(({ env = [] }) => env).filter(({ value }) => value === undefined)).toEqual([]);
  });

  it('hands the account of Redis to those that use it', () => {
    const holders = podsOf(manifests)
      .filter(({ spec }) =>
        spec.containers.some(({ envFrom = [] }) =>
          envFrom.some(({ configMapRef }) => configMapRef?.name?.startsWith('collection-sync-redis')),
        ),
      )
      .map(({ name }) => name);
    expect(holders.toSorted()).toEqual(['Deployment/capture', 'Deployment/resolver', 'Deployment/writer']);
    const settings = manifests.filter(({ kind, data }) => kind === 'ConfigMap' && data?.['REDIS_URL_FILE']);
    expect(settings.map(({ metadata }) => metadata.name)).toEqual([expect.stringMatching(/^collection-sync-redis/)]);
  });

  it('makes topics and tables before a pod of a release starts, and leaves nothing that cannot change', () => {
    const deployments = podsOf(manifests).filter(({ name }) => name.startsWith('Deployment/'));
    for (const { name, spec } of deployments) {
      const steps = spec.initContainers?.map(({ name: step, image }) => ({ step, image }));
      const image = spec.containers[0]?.image;
      expect(steps, name).toEqual([
        { step: 'topics', image },
        { step: 'migrate', image },
      ]);
      expect(spec.containers[0]?.lifecycle?.preStop, name).toEqual({ sleep: { seconds: 5 } });
    }
    expect(named('Job')).toEqual(overlay === 'demo' ? ['demo'] : []);
  });
});

it('the demo pulls no image that was built here', async () => {
  const ours = podsOf(await render('demo'))
    .flatMap(allOf)
    .filter(isOurs);
  expect(new Set(ours.map(({ imagePullPolicy }) => imagePullPolicy))).toEqual(new Set(['IfNotPresent']));
});

it('production names no object of an operator that may not be there', async () => {
  const groups = (await render('production')).map(({ apiVersion }) => apiVersion);
  expect(
    groups.filter((group) => !/^(v1|apps\/v1|policy\/v1|autoscaling\/v2|networking\.k8s\.io\/v1)$/.test(group)),
  ).toEqual([]);
});

describe('the validation', () => {
  const manifest = (container: object): Manifest => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'x' },
    spec: { selector: {}, template: { spec: { containers: [container] } } },
  });

  it('refuses a wrong type and a misspelt field', async () => {
    await expect(validate(manifest({ name: 'a', image: 'b', ports: [{ containerPort: 'x' }] }))).rejects.toThrow(
      'containerPort must be integer',
    );
    await expect(validate(manifest({ name: 'a', imgae: 'b' }))).rejects.toThrow('/containers/0/imgae');
    await validate(manifest({ name: 'a', image: 'b' }));
  });
});
