import type { Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import type { Column } from '../ui/table.js';
import { Ago } from '../ui/time.js';

type DeadLetter = Schema['DeadLetter'];

export const DEAD_LETTER_COLUMNS: readonly Column<DeadLetter>[] = [
  { id: 'at', title: t('deadLetter.at'), width: 140, render: ({ at }) => <Ago at={at} /> },
  { id: 'topic', title: t('deadLetter.topic'), width: 260, render: ({ topic }) => topic },
  {
    id: 'why',
    title: t('deadLetter.why'),
    width: 360,
    grow: true,
    render: ({ code, why }) => <span title={why}>{`${code}: ${why}`}</span>,
  },
  { id: 'consumer', title: t('deadLetter.consumer'), width: 200, render: ({ consumer }) => consumer },
  { id: 'key', title: t('deadLetter.key'), width: 220, render: ({ key }) => key },
  {
    id: 'offset',
    title: t('deadLetter.offset'),
    width: 120,
    render: ({ partition, offset }) => `${partition} / ${offset}`,
  },
];
