import type { Schema } from '../api/client.js';
import { t } from '../i18n/t.js';

type Group = Schema['Group'];

/** Why a group cannot be synchronised with a collection and what to do about it; nothing when it can. */
export const groupBar = ({ collectionId, collectionMissing, problems }: Group, collection: string): string | null => {
  if (collectionId === collection) return t('map.takenByThis', { collection });
  if (collectionId !== null && !collectionMissing) return t('map.taken', { collection: collectionId });
  return problems.length > 0 ? problems.map(({ message }) => message).join(' ') : null;
};
