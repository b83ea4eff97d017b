import { Badge, Button } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import { RouterLink } from '../ui/router-link.js';
import type { Column } from '../ui/table.js';

export type Relation = Schema['Relation'];

const COLORS = { open: 'brand', 'taken over': 'success', conflict: 'warning' } as const;

interface Actions {
  readonly mayAct: boolean;
  readonly onPreview: (relation: Relation) => void;
  readonly onTakeOver: (relation: Relation) => void;
}

export const relationColumns = ({ mayAct, onPreview, onTakeOver }: Actions): readonly Column<Relation>[] => [
  {
    id: 'collection',
    title: t('column.collectionName'),
    width: 230,
    grow: true,
    render: ({ collectionId, collectionName }) => (
      <RouterLink to={`/collections/${collectionId}`}>{collectionName}</RouterLink>
    ),
  },
  { id: 'group', title: t('column.groupName'), width: 240, grow: true, render: ({ groupName }) => groupName },
  {
    id: 'state',
    title: t('takeOver.state'),
    width: 120,
    render: ({ state }) => (
      <Badge appearance="tint" color={COLORS[state]}>
        {t(`takeOver.state.${state}`)}
      </Badge>
    ),
  },
  {
    id: 'preview',
    title: t('action.preview'),
    width: 110,
    render: (relation) => (
      <Button
        size="small"
        disabled={!mayAct || relation.tenantId === null}
        aria-label={t('takeOver.preview', { group: relation.groupName })}
        onClick={() => onPreview(relation)}
      >
        {t('action.preview')}
      </Button>
    ),
  },
  {
    id: 'take',
    title: t('takeOver.one'),
    width: 120,
    render: (relation) => (
      <Button
        size="small"
        appearance="primary"
        disabled={!mayAct || relation.state !== 'open'}
        aria-label={t('takeOver.group', { group: relation.groupName })}
        onClick={() => onTakeOver(relation)}
      >
        {t('takeOver.one')}
      </Button>
    ),
  },
  {
    id: 'type',
    title: t('column.collectionType'),
    width: 130,
    render: ({ collectionType }): ReactNode => t(`type.${collectionType}`),
  },
  { id: 'tenant', title: t('map.tenant'), width: 300, render: ({ tenantId }) => tenantId ?? t('takeOver.noTenant') },
];
