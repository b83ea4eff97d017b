/** Packages of the outside world that belong to one library: everybody else goes through it. */
const owned = {
  'lib:bus': ['kafkajs'],
  'lib:postgres': ['pg', 'pg-*'],
  'lib:redis': ['ioredis'],
  'lib:graph': ['@azure/*', '@microsoft/*'],
};

/** What each kind of package may import of ours. The kinds are the tags in the package.json files. */
const allowed = {
  'type:core': [],
  'type:adapter': ['type:core'],
  'type:platform': ['type:core'],
  'type:app': ['type:core', 'type:adapter', 'type:platform'],
  'type:composition': ['type:core', 'type:adapter', 'type:platform', 'type:app'],
  'type:testing': ['*'],
};

/** Apps that are held to less than other apps. */
const narrower = {
  'app:simulator': [],
  'app:console': ['type:core'],
};

/**
 * The rules of dependency for @nx/enforce-module-boundaries. Tests may also import the vocabulary, the test library, the simulator and
 * whatever package shows them the state of the world.
 */
export function constraints({ tests = false } = {}) {
  const kinds = Object.entries({ ...allowed, ...narrower }).map(([sourceTag, targets]) => ({
    sourceTag,
    onlyDependOnLibsWithTags: tests ? [...targets, 'type:core', 'type:testing', 'app:simulator'] : targets,
  }));
  return tests ? kinds : [...kinds, ...packages()];
}

function packages() {
  const all = Object.values(owned).flat();
  const owners = Object.keys(owned);
  const others = ['type:platform', 'type:app', 'type:composition', 'lib:configmgr'];
  return [
    { sourceTag: 'type:core', allowedExternalImports: ['zod'] },
    ...owners.map((owner) => ({
      sourceTag: owner,
      bannedExternalImports: all.filter((name) => !owned[owner].includes(name)),
    })),
    ...others.map((sourceTag) => ({ sourceTag, bannedExternalImports: all })),
  ];
}
