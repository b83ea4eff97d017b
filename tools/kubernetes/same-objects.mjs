import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';

/** What makes two installations differ: nothing but the namespace, hashes of ConfigMaps and the checksum that stands for them. */
export function differences(one, other) {
  const [left, right] = [objectsOf(one), objectsOf(other)];
  return [...new Set([...left.keys(), ...right.keys()])].filter(
    (name) => !isDeepStrictEqual(left.get(name), right.get(name)),
  );
}

function objectsOf(text) {
  const unhashed = text.replace(/\b(collection-sync-[a-z]+)-[a-z0-9]{10}\b/g, '$1');
  const objects = parseAllDocuments(unhashed)
    .map((document) => document.toJS())
    .filter((object) => object && object.kind !== 'Namespace');
  return new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, plain(object)]));
}

function plain(object) {
  delete object.metadata.namespace;
  const template = object.spec?.template;
  delete template?.metadata?.annotations;
  // in these lists the order means nothing
  for (const list of [
    template?.spec?.volumes,
    template?.spec?.containers?.[0]?.volumeMounts,
    template?.spec?.containers?.[0]?.env,
  ])
    list?.sort((one, other) => one.name.localeCompare(other.name));
  return object;
}
