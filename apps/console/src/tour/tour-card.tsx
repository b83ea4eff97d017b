import { Button, Card, CardHeader, makeStyles, Text, tokens } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { lazy, Suspense, type ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { useAddress } from '../ui/use-address.js';
import { useStored } from '../ui/use-stored.js';
import { TOUR } from './tour.js';

const TourDrawer = lazy(async () => ({ default: (await import('./tour-drawer.js')).TourDrawer }));

const useStyles = makeStyles({
  card: { flexShrink: 0, backgroundColor: tokens.colorBrandBackground2 },
  steps: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

const isShown = (value: unknown): value is boolean => typeof value === 'boolean';

/** Leads whoever tries the demo through it. */
export const TourCard = (): ReactNode => {
  const styles = useStyles();
  const [shown, show] = useStored('tour', true, isShown);
  const { params, change } = useAddress();
  const step = Number(params.get('tour') ?? -1);
  const go = (to: number | null): void => change({ tour: to === null ? null : String(to) });
  return (
    <>
      {shown && (
        <Card className={styles.card} role="region" aria-label={t('tour.title')} size="small">
          <CardHeader
            header={<Text weight="semibold">{t('tour.title')}</Text>}
            description={<Text>{t('tour.text')}</Text>}
            action={
              <Button
                appearance="subtle"
                icon={<Dismiss20Regular />}
                aria-label={t('tour.hide')}
                onClick={() => show(false)}
              />
            }
          />
          <div className={styles.steps}>
            {TOUR.map(({ title }, at) => (
              <Button key={title} size="small" onClick={() => go(at)}>
                {at === 0 ? t('tour.begin') : `${at}. ${title}`}
              </Button>
            ))}
          </div>
        </Card>
      )}
      {TOUR[step] && (
        <Suspense>
          <TourDrawer step={step} onGo={go} />
        </Suspense>
      )}
    </>
  );
};
