import { Text } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { SideDrawer } from '../ui/side-drawer.js';
import { PreviewView } from './preview-view.js';

/** What a preview has in the address, besides what it is of. */
export const NO_PREVIEW = { preview: null, change: null } as const;

interface Props {
  readonly target: string;
  readonly collection: string;
  readonly group: string;
  readonly onClose: () => void;
}

export const PreviewDrawer = ({ target, collection, group, onClose }: Props): ReactNode => (
  <SideDrawer title={t('preview.title', { group })} size="large" onClose={onClose}>
    <Text>{t('preview.lead')}</Text>
    <PreviewView target={target} collection={collection} />
  </SideDrawer>
);
