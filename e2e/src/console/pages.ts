import { eventually } from '@collection-sync/testing';
import type { Page } from 'playwright-core';
import type { System } from '../system.js';

/** A page of the console as it is looked at: by tests of its accessibility, and on screenshots. */
export interface ShownPage {
  readonly name: string;
  /** brings a signed-in page there, and waits until all is shown */
  open(page: Page, system: System): Promise<unknown>;
  /** ends the fault that it shows */
  end?(system: System): Promise<unknown>;
}

const collection = async (page: Page, system: System, name: string, tab?: string): Promise<void> => {
  const { items } = await system.api.get<{ items: { collectionId: string; collectionName: string }[] }>(
    `/collections?search=${encodeURIComponent(name)}`,
  );
  const id = items.find(({ collectionName }) => collectionName === name)?.collectionId ?? '';
  await page.goto(`/collections/${id}${tab ? `?tab=${encodeURIComponent(tab)}` : ''}`);
  await page.getByRole('tabpanel').waitFor();
};
const openWhy = async (page: Page, system: System): Promise<void> => {
  await collection(page, system, 'Berlin devices', 'Waiting');
  await page
    .getByRole('button', { name: /^Why is BER/ })
    .first()
    .click();
};
const table = (page: Page, name: string): Promise<void> =>
  page.getByRole('table', { name }).getByRole('row').nth(1).waitFor();

export const PAGES: readonly ShownPage[] = [
  {
    name: 'tour',
    open: async (page) => {
      await page.goto('/collections?tour=3');
      await page.getByRole('dialog').getByText('Nobody leaves').waitFor();
    },
  },
  {
    name: 'collections',
    open: async (page) => {
      await page.goto('/collections');
      await table(page, 'Collections');
      const tour = page.getByRole('button', { name: 'Hide the tour' });
      if (await tour.isVisible()) await tour.click();
    },
  },
  {
    name: 'collections-chosen',
    open: async (page) => {
      await page.goto('/collections');
      await page.getByRole('checkbox', { name: 'Choose all groups that are loaded' }).check();
      await page.getByRole('button', { name: 'Full sync…' }).click();
      await page.getByText('Make 5 groups equal to their collections?').waitFor();
      await table(page, 'Chosen groups');
    },
  },
  {
    name: 'collection-failed',
    open: async (page, system) => {
      await collection(page, system, 'Berlin devices', 'Waiting');
      await table(page, 'Members that wait for their record');
    },
  },
  {
    name: 'collection-held',
    open: async (page, system) => {
      await collection(page, system, 'Osaka devices', 'Held');
      await table(page, 'Members whose removal is held');
    },
  },
  {
    name: 'collection-history',
    open: async (page, system) => {
      await collection(page, system, 'Berlin devices', 'history');
      await table(page, 'History');
      await page.getByRole('heading', { name: 'Members of the group' }).waitFor();
    },
  },
  {
    name: 'run',
    open: async (page, system) => {
      await collection(page, system, 'Berlin devices', 'history');
      await table(page, 'History');
      await page
        .getByRole('button', { name: /^Details of the run of / })
        .first()
        .click();
      await page.getByRole('dialog').getByText('Content merged').waitFor();
    },
  },
  {
    name: 'collection-settings',
    open: async (page, system) => {
      await collection(page, system, 'Berlin devices', 'settings');
      await page.getByRole('button', { name: 'Save changes' }).waitFor();
    },
  },
  {
    name: 'why',
    open: async (page, system) => {
      await openWhy(page, system);
      await page.getByText('Synchronised: yes').waitFor();
      await page.getByText(/^Known to /).waitFor();
    },
  },
  {
    name: 'why-look-up',
    open: async (page, system) => {
      await openWhy(page, system);
      await page.getByLabel('Name of the device or user').fill('NOWHERE-01');
      await page.getByRole('button', { name: 'Explain' }).click();
      const known = page.getByText('Known to neither');
      await known.waitFor();
      await known.scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'preview',
    open: async (page, system) => {
      await collection(page, system, 'Osaka devices', 'Success');
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByText(/would stay/).waitFor();
      await table(page, 'Leave (40)');
    },
  },
  {
    name: 'full-sync',
    open: async (page, system) => {
      await collection(page, system, 'Finance people');
      await page.getByRole('button', { name: 'Full sync…' }).click();
      await page.getByRole('button', { name: 'Overwrite the group' }).waitFor();
    },
  },
  {
    name: 'map-collection',
    open: async (page) => {
      await page.goto('/map');
      await table(page, 'Collections');
    },
  },
  {
    name: 'map-group',
    open: async (page) => {
      await page.goto('/map');
      await page.getByRole('main').getByRole('searchbox').fill('Quito');
      await page.getByRole('radio', { name: 'Quito devices' }).check();
      await page.getByRole('button', { name: 'Next: Group' }).click();
      await page.getByRole('main').getByRole('searchbox').fill('Intune');
      await page.getByRole('radio', { name: 'Intune - Quito devices' }).check();
      await page.getByText('Intune - Quito devices can be synchronised').waitFor();
    },
  },
  {
    name: 'map-review',
    open: async (page) => {
      await page.goto('/map');
      await page.getByRole('main').getByRole('searchbox').fill('Quito');
      await page.getByRole('radio', { name: 'Quito devices' }).check();
      await page.getByRole('button', { name: 'Next: Group' }).click();
      await page.getByRole('main').getByRole('searchbox').fill('Intune - Q');
      await page.getByRole('radio', { name: 'Intune - Quito devices' }).check();
      await page.getByRole('tab', { name: 'Review' }).click();
      await page.getByText(/would stay/).waitFor();
    },
  },
  {
    name: 'search',
    open: async (page) => {
      await page.goto('/search?q=ber');
      await table(page, 'Found for "ber"');
    },
  },
  {
    name: 'take-over',
    open: async (page) => {
      await page.goto('/take-over');
      await table(page, 'Relations of Configuration Manager');
    },
  },
  {
    name: 'health',
    open: async (page) => {
      await page.goto('/system');
      await page.getByText('Write budget').waitFor();
      await page.getByText('No record was set aside').waitFor();
    },
  },
  {
    name: 'audit',
    open: async (page) => {
      await page.goto('/audit');
      await table(page, 'Audit');
    },
  },
  {
    name: 'audit-details',
    open: async (page) => {
      await page.goto('/audit');
      await page
        .getByRole('button', { name: /^Details of Paused at / })
        .first()
        .click();
      await page.getByRole('table', { name: 'What changed' }).waitFor();
    },
  },
  {
    name: 'site-away',
    open: async (page, system) => {
      await system.simulator.send('POST', '/faults', { face: 'adminservice', wire: 'reset' });
      await page.goto('/collections');
      await page.getByText('Site ABC cannot be read').waitFor();
      await page.getByRole('link', { name: 'Berlin devices' }).waitFor();
    },
    end: async ({ api, simulator }) => {
      await simulator.send('DELETE', '/faults');
      await eventually(async () => (await api.get<{ items: unknown[] }>('/alerts')).items.length === 0);
    },
  },
];
