import type { Manifest } from './manifests.js';

interface Model {
  readonly prototype: { validate(): void };
}

/** Throws what the schema of its kind says against a manifest; the schemas are those of Kubernetes and of the Prometheus operator. */
export const validate = async (manifest: Manifest): Promise<void> => {
  const { apiVersion, kind } = manifest;
  const place = apiVersion.startsWith('monitoring.coreos.com/')
    ? '@kubernetes-models/prometheus-operator'
    : 'kubernetes-models';
  const models = (await import(`${place}/${apiVersion}`)) as Record<string, Model>;
  const model = models[kind];
  if (!model) throw new Error(`${apiVersion} ${kind}: no schema`);
  const looked = new Watched(manifest);
  model.prototype.validate.call(looked.view);
  const unknown = looked.unseen();
  if (unknown.length > 0) throw new Error(`unknown fields: ${unknown.join(', ')}`);
};

/** An object, and which of its fields somebody looked at. A schema looks at every field that it knows, and at no other. */
class Watched {
  readonly view: object;
  readonly #inside: Watched[] = [];
  readonly #seen = new Set<string | symbol>();

  constructor(
    private readonly of: object,
    private readonly path = '',
  ) {
    const inside = new Map<string | symbol, Watched>();
    this.view = new Proxy(of, {
      get: (target, name) => {
        this.#seen.add(name);
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'object' || value === null) return value;
        const known = inside.get(name) ?? new Watched(value, `${path}/${String(name)}`);
        if (!inside.has(name)) this.#inside.push(known);
        inside.set(name, known);
        return known.view;
      },
      ownKeys: (target) => {
        // whoever goes through all of them takes any
        const names = Reflect.ownKeys(target);
        for (const name of names) this.#seen.add(name);
        return names;
      },
    });
  }

  unseen(): string[] {
    const own = Object.keys(this.of).filter((name) => !this.#seen.has(name));
    return [...own.map((name) => `${this.path}/${name}`), ...this.#inside.flatMap((each) => each.unseen())];
  }
}
