import type { CollectionType, Mapping } from '@collection-sync/core';

/** What the mappings say about tenants, as this process has read them. */
export class KnownTenants {
  readonly #mappings = new Map<string, Pick<Mapping, 'version' | 'tenant' | 'state'>>();
  readonly #needed = new Set<string>();

  /** Takes a mapping in; a late older record is ignored. Returns whether its tenant needs a kind that it did not need before. */
  learn({ target, tenant, collectionType, version, state }: Mapping): boolean {
    const known = this.#mappings.get(target);
    if (known && known.version >= version) return false;
    this.#mappings.set(target, { version, tenant, state });
    const need = `${tenant}/${collectionType}`;
    if (state === 'deleted' || this.#needed.has(need)) return false;
    this.#needed.add(need);
    return true;
  }

  needs(tenant: string, type: CollectionType): boolean {
    return this.#needed.has(`${tenant}/${type}`);
  }

  /** Tenants with a mapping that is not deleted. */
  tenants(): string[] {
    const alive = [...this.#mappings.values()].filter(({ state }) => state !== 'deleted');
    return [...new Set(alive.map(({ tenant }) => tenant))];
  }
}
