import type { MessageKey } from '../i18n/t.js';

interface ProductWord {
  /** as Configuration Manager calls it */
  readonly word: string;
  readonly text: MessageKey & `word.${string}`;
  readonly to: string;
}

/** What somebody looks for who knows the feature of Configuration Manager by its words. */
const WORDS: readonly ProductWord[] = [
  { word: 'Synchronize Membership', text: 'word.synchronizeMembership', to: '/collections' },
  { word: 'Cloud Sync', text: 'word.cloudSync', to: '/map' },
  { word: 'Enable Azure Directory Group Sync', text: 'word.switch', to: '/system' },
  { word: 'SMS_AZUREAD_DISCOVERY_AGENT.log', text: 'word.log', to: '/system' },
];
const SHORTEST = 4;

/** The words that begin so, or have a word that does. */
export const productWords = (search: string): readonly ProductWord[] => {
  const asked = search.trim().toLowerCase();
  if (asked.length < SHORTEST) return [];
  return WORDS.filter(({ word }) => ` ${word.toLowerCase()}`.includes(` ${asked}`));
};
