import {
  AppsListDetail20Regular,
  ArrowImport20Regular,
  ClipboardTextLtr20Regular,
  HeartPulse20Regular,
  LinkAdd20Regular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import type { MessageKey } from '../i18n/t.js';
import { useMay } from '../session/use-role.js';

interface Entry {
  readonly path: string;
  readonly title: Extract<MessageKey, `nav.${string}`>;
  readonly icon: ReactElement;
  /** shown to whoever has this role */
  readonly role?: 'Operator';
}

const ENTRIES: readonly Entry[] = [
  { path: '/collections', title: 'nav.collections', icon: <AppsListDetail20Regular /> },
  { path: '/map', title: 'nav.map', icon: <LinkAdd20Regular />, role: 'Operator' },
  { path: '/take-over', title: 'nav.takeOver', icon: <ArrowImport20Regular /> },
  { path: '/system', title: 'nav.health', icon: <HeartPulse20Regular /> },
  { path: '/audit', title: 'nav.audit', icon: <ClipboardTextLtr20Regular /> },
];

/** The pages that are of use to the person. */
export const useEntries = (): readonly Entry[] => {
  const mayAct = useMay('Operator');
  return ENTRIES.filter(({ role }) => role === undefined || mayAct);
};
