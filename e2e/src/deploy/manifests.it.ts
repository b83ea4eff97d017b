import { beforeAll, describe, expect, it } from 'vitest';
import { heapOfImage } from './heap.js';
import { render, type Manifest } from './manifests.js';
import { podsOf } from './pods.js';
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
    const services = ['capture', 'resolver', 'writer', 'status'];
    for (const kind of ['Deployment', 'Service', 'ServiceAccount', 'PodDisruptionBudget'])
      expect(named(kind), kind).toEqual(expect.arrayContaining(services));
    expect(named('HorizontalPodAutoscaler').sort()).toEqual(['resolver', 'status']);
    expect(named('Job')).toEqual(expect.arrayContaining(['topics', 'migrate']));
    expect(named('NetworkPolicy')).toContain('deny-all');
  });

  it('lets no pod do what restricted pod security forbids, and gives each its share', () => {
    const wrong: string[] = [];
    for (const { name, spec } of podsOf(manifests)) {
      const [container] = spec.containers;
      const security = container?.securityContext;
      if (spec.securityContext?.runAsNonRoot !== true) wrong.push(`${name}: root`);
      if (spec.securityContext?.seccompProfile?.type !== 'RuntimeDefault') wrong.push(`${name}: seccomp`);
      if (security?.allowPrivilegeEscalation !== false) wrong.push(`${name}: escalation`);
      if (!security?.capabilities?.drop?.includes('ALL')) wrong.push(`${name}: capabilities`);
      if (container?.image.startsWith('postgres') === false && container.image.includes('kafka') === false) {
        if (security?.readOnlyRootFilesystem !== true) wrong.push(`${name}: writable root`);
      }
      if (!container?.resources?.requests?.['memory'] || !container.resources.limits?.['memory'])
        wrong.push(`${name}: resources`);
    }
    expect(wrong).toEqual([]);
  });

  it('gives every pod of ours more memory than the heap that the image allows', () => {
    for (const { name, spec } of podsOf(manifests)) {
      const [container] = spec.containers;
      if (!/(^|\/)collection-sync(:|$)/.test(container?.image ?? '')) continue;
      const limit = mebibytes(container?.resources?.limits?.['memory']);
      expect(limit, name).toBeGreaterThanOrEqual(heapOfImage());
      // buffers of sockets, code and the machine itself come to as much again
      if (name.startsWith('Deployment/')) expect(limit, name).toBeGreaterThanOrEqual(2 * heapOfImage());
    }
  });

  it('carries no secret', () => {
    expect(named('Secret')).toEqual([]);
  });
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
