import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  OverlayDrawer,
  Text,
  tokens,
} from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { PreviewView } from './preview-view.js';

const useStyles = makeStyles({
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalXL,
  },
});

interface Props {
  readonly target: string;
  readonly collection: string;
  readonly group: string;
  readonly onClose: () => void;
}

export const PreviewDrawer = ({ target, collection, group, onClose }: Props): ReactNode => {
  const styles = useStyles();
  return (
    <OverlayDrawer open position="end" size="large" onOpenChange={(_, { open }) => !open && onClose()}>
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button appearance="subtle" icon={<Dismiss20Regular />} aria-label={t('action.close')} onClick={onClose} />
          }
        >
          {t('preview.title', { group })}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.body}>
          <Text>{t('preview.lead')}</Text>
          <PreviewView target={target} collection={collection} />
        </div>
      </DrawerBody>
    </OverlayDrawer>
  );
};
