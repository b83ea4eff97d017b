import type { Page } from 'playwright-core';

/** What a reader does on a page. */
export interface Action {
  readonly name: string;
  /** rows that the listing has in all */
  readonly rows: number;
  act(page: Page): Promise<unknown>;
}

const SOON_MS = 240_000;

const ROW = '[role=row][aria-rowindex="2"]';
const TABLE = '[role=region]:has([role=table])';

const firstRow = (page: Page, text: string | RegExp): Promise<void> =>
  page.locator(ROW).filter({ hasText: text }).waitFor({ timeout: SOON_MS });

/** With the wheel, until the last row is shown. */
const scrollThrough = async (page: Page, rows: number, step: number): Promise<void> => {
  await page.locator(TABLE).hover({ position: { x: 300, y: 100 } });
  const end = Date.now() + SOON_MS;
  const atEnd = (): Promise<boolean> =>
    page.evaluate<boolean>(
      `(() => { const area = document.querySelector('${TABLE}');
        return area.scrollTop + area.clientHeight >= area.scrollHeight - 2 && !area.querySelector('[aria-rowcount="-1"]'); })()`,
    );
  while (!(await atEnd())) {
    if (Date.now() > end) throw new Error('the end of the listing was not reached');
    await page.mouse.wheel(0, step);
  }
  await page.locator(`[role=row][aria-rowindex="${rows + 1}"]`).waitFor();
};

const searchFor = async (page: Page, text: string, found: string): Promise<void> => {
  await page.getByRole('searchbox').click();
  await page.keyboard.type(text, { delay: 80 });
  await firstRow(page, found);
};

interface World {
  readonly collections: number;
  readonly members: number;
  /** of the collection whose group has all those members */
  readonly collection: string;
  /** changes members for a while */
  change(): Promise<void>;
}

export const actionsOn = ({ collections, members, collection, change }: World): readonly Action[] => [
  {
    name: 'open the collections',
    rows: collections,
    act: async (page) => {
      await page.goto('/collections');
      await firstRow(page, 'Collection');
    },
  },
  { name: 'scroll through all collections', rows: collections, act: (page) => scrollThrough(page, collections, 2_000) },
  {
    name: 'sort the collections',
    rows: collections,
    act: async (page) => {
      const title = page.getByRole('columnheader', { name: 'Member Count' });
      await title.click();
      await title.click();
      await firstRow(page, /^Collection 0\D/);
    },
  },
  {
    name: 'search the collections',
    rows: collections,
    act: (page) => searchFor(page, 'collection 4999', 'Collection 4999'),
  },
  {
    name: 'open the members',
    rows: members,
    act: async (page) => {
      await page.goto(`/collections/${collection}?tab=Success`);
      await firstRow(page, 'PC0000001');
    },
  },
  { name: 'scroll through all members', rows: members, act: (page) => scrollThrough(page, members, 8_000) },
  { name: 'members change meanwhile', rows: members, act: change },
  { name: 'search the members', rows: members, act: (page) => searchFor(page, 'pc00999', 'PC0099901') },
];
