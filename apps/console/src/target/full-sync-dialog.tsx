import { Button, Checkbox, Text } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import { Confirm } from '../ui/confirm.js';

interface Props {
  readonly row: Schema['CollectionRow'];
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (listing: boolean) => void;
  readonly onPreview: () => void;
}

/** A full synchronisation overwrites the group: says so before it is asked for. */
export const FullSyncDialog = ({ row, onPreview, onConfirm, ...dialog }: Props): ReactNode => {
  const [listing, setListing] = useState(false);
  const names = { group: row.groupName ?? '', collection: row.collectionName };
  return (
    <Confirm
      {...dialog}
      onConfirm={() => onConfirm(listing)}
      title={t('full.title', names)}
      confirm={t('full.confirm')}
    >
      <Text as="p" block>
        {t('full.text')}
      </Text>
      <ul>
        <li>{t('full.adds')}</li>
        <li>{t('full.removes')}</li>
        <li>{t('full.guard')}</li>
      </ul>
      <Checkbox
        label={t('full.listing')}
        checked={listing}
        onChange={(_, { checked }) => setListing(checked === true)}
      />
      <Button appearance="subtle" onClick={onPreview}>
        {t('full.preview')}
      </Button>
    </Confirm>
  );
};
