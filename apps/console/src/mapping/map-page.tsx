import { Button, makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { Alerts } from '../alerts/alerts.js';
import { collectionQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { CollectionStep, type ChosenCollection } from './collection-step.js';
import { GroupStep, type ChosenGroup } from './group-step.js';
import { PolicyFields } from './policy-fields.js';
import { ReviewStep } from './review-step.js';
import { ScheduleFields } from './schedule-fields.js';
import { DEFAULT_POLICY, DEFAULT_SCHEDULE } from './settings.js';

const STEPS = ['collection', 'group', 'policy', 'schedule', 'review'] as const;
type Step = (typeof STEPS)[number];

const useStyles = makeStyles({
  tabs: { flexWrap: 'wrap' },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS },
});

/** Maps a collection to a group, step by step; nothing is saved before the last. */
export const MapPage = (): ReactNode => {
  const styles = useStyles();
  const [params] = useSearchParams();
  const given = params.get('collection') ?? '';
  const { data: givenCollection } = useQuery({ ...collectionQuery(given), enabled: given !== '' });
  const [chosen, setCollection] = useState<ChosenCollection | null>(null);
  const possible = givenCollection?.collectionType === 'Other' ? null : givenCollection;
  const collection = chosen ?? possible ?? null;
  const [group, setGroup] = useState<ChosenGroup | null>(null);
  const [policy, setPolicy] = useState(DEFAULT_POLICY);
  const [schedule, setSchedule] = useState(DEFAULT_SCHEDULE);
  const [step, setStep] = useState<Step>('collection');

  const isOpen = (each: Step): boolean =>
    each === 'collection' || (collection !== null && (each === 'group' || group !== null));
  const at = STEPS.indexOf(step);
  const before = STEPS[at - 1];
  const next = STEPS[at + 1];
  return (
    <Page title={t('nav.map')} lead={t('map.lead')} alerts={<Alerts />}>
      <TabList
        className={styles.tabs}
        selectedValue={step}
        aria-label={t('map.steps')}
        onTabSelect={(_, { value }) => setStep(STEPS.find((each) => each === value) ?? 'collection')}
      >
        {STEPS.map((each, index) => (
          <Tab key={each} value={each} disabled={!isOpen(each)}>
            {`${index + 1} ${t(`map.step.${each}`)}`}
          </Tab>
        ))}
      </TabList>
      <Section title={t(`map.title.${step}`)}>
        {step === 'collection' && (
          <CollectionStep
            chosen={collection}
            onChoose={(next) => {
              setCollection(next);
              if (next.collectionType !== collection?.collectionType) setGroup(null);
            }}
          />
        )}
        {step === 'group' && collection && <GroupStep collection={collection} chosen={group} onChoose={setGroup} />}
        {step === 'policy' && <PolicyFields policy={policy} onChange={setPolicy} />}
        {step === 'schedule' && <ScheduleFields schedule={schedule} onChange={setSchedule} />}
        {step === 'review' && collection && group && (
          <ReviewStep collection={collection} group={group} policy={policy} schedule={schedule} />
        )}
        <div className={styles.buttons}>
          {before && <Button onClick={() => setStep(before)}>{t('action.back')}</Button>}
          {next && (
            <Button appearance="primary" disabled={!isOpen(next)} onClick={() => setStep(next)}>
              {t('map.next', { step: t(`map.step.${next}`) })}
            </Button>
          )}
        </div>
      </Section>
    </Page>
  );
};
