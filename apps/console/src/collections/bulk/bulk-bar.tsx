import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowRepeatAll20Regular, ArrowSync20Regular, Pause20Regular, Play20Regular } from '@fluentui/react-icons';
import { useState, type ReactElement, type ReactNode } from 'react';
import { t } from '../../i18n/t.js';
import { BULK_ACTIONS, type BulkAction, type Chosen } from './bulk-actions.js';
import { BulkDialog } from './bulk-dialog.js';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorBrandBackground2,
  },
});

const ICONS: Readonly<Record<BulkAction, ReactElement>> = {
  sync: <ArrowSync20Regular />,
  full: <ArrowRepeatAll20Regular />,
  pause: <Pause20Regular />,
  resume: <Play20Regular />,
};

interface Props {
  readonly chosen: readonly Chosen[];
  readonly onClear: () => void;
}

/** What can be done with all groups that are chosen. */
export const BulkBar = ({ chosen, onClear }: Props): ReactNode => {
  const styles = useStyles();
  const [action, setAction] = useState<BulkAction | null>(null);
  if (chosen.length === 0) return null;
  return (
    <div className={styles.bar} role="group" aria-label={t('bulk.actions')}>
      <Text weight="semibold">{t('bulk.count', { count: chosen.length })}</Text>
      {BULK_ACTIONS.map((each) => (
        <Button
          key={each}
          icon={ICONS[each]}
          {...(each === 'full' && { title: t('full.also') })}
          onClick={() => setAction(each)}
        >
          {t(`bulk.action.${each}`)}
        </Button>
      ))}
      <Button appearance="subtle" onClick={onClear}>
        {t('bulk.clear')}
      </Button>
      {action && (
        <BulkDialog
          action={action}
          chosen={chosen}
          onClose={(done) => {
            setAction(null);
            if (done) onClear();
          }}
        />
      )}
    </div>
  );
};
