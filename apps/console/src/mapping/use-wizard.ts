import { useMemo } from 'react';
import { useAddress, type AddressChanges } from '../ui/use-address.js';
import { settingsIn } from './settings-address.js';
import type { Settings } from './settings.js';

export const STEPS = ['collection', 'group', 'policy', 'schedule', 'review'] as const;
export type Step = (typeof STEPS)[number];

/** Stands for the name of the collection in a pattern of names. */
export const PLACEHOLDER = '{collection}';

export interface Wizard {
  readonly step: Step;
  /** several collections at once, a group each */
  readonly several: boolean;
  /** ids */
  readonly collections: readonly string[];
  readonly tenant: string | null;
  /** id of the group, for one collection */
  readonly group: string | null;
  /** name of each group, for several */
  readonly pattern: string;
  /** names that do not follow the pattern, by collection */
  readonly named: ReadonlyMap<string, string>;
  readonly settings: Settings;
  readonly paused: boolean;
  /** what is looked at over the page */
  readonly preview: string | null;
  change(changes: AddressChanges): void;
  /** the browser's Back leads to the step before */
  go(step: Step): void;
}

const NAMED = 'name.';
export const nameInAddress = (collection: string): string => NAMED + collection;

/** What has been chosen so far. All of it is in the address, so that neither Back nor a reload loses any. */
export const useWizard = (): Wizard => {
  const { params, change } = useAddress();
  return useMemo(() => {
    const collections = [...new Set((params.get('collection') ?? '').split(',').filter(Boolean))];
    return {
      step: STEPS.find((each) => each === params.get('step')) ?? 'collection',
      several: params.get('several') === 'yes' || collections.length > 1,
      collections,
      tenant: params.get('tenant'),
      group: params.get('group'),
      pattern: params.get('pattern') ?? PLACEHOLDER,
      named: new Map(
        [...params].flatMap(([name, value]) => (name.startsWith(NAMED) ? [[name.slice(NAMED.length), value]] : [])),
      ),
      settings: settingsIn(params),
      paused: params.get('paused') === 'yes',
      preview: params.get('preview'),
      change,
      go: (step) => change({ step }, { push: true }),
    };
  }, [params, change]);
};
