import { Button, makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import { Alerts } from '../alerts/alerts.js';
import { t } from '../i18n/t.js';
import { Page } from '../ui/page.js';
import { Section } from '../ui/section.js';
import { LoadingState } from '../ui/states.js';
import type { AddressChanges } from '../ui/use-address.js';
import { CollectionStep } from './collection-step.js';
import { GroupStep } from './group-step.js';
import { PairsStep } from './pairs-step.js';
import { PolicyFields } from './policy-fields.js';
import { Preflight, useGroupCheck } from './preflight.js';
import { ReviewPairs } from './review-pairs.js';
import { ReviewStep } from './review-step.js';
import { ScheduleFields } from './schedule-fields.js';
import { policyToAddress, scheduleToAddress } from './settings-address.js';
import { problemsOf, type FieldProblems } from './settings.js';
import { TenantField, useTenant } from './tenant-field.js';
import { useChosenCollections } from './use-chosen-collections.js';
import { usePairs } from './use-pairs.js';
import { STEPS, useWizard, type Step } from './use-wizard.js';

const useStyles = makeStyles({
  tabs: { flexWrap: 'wrap' },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalS },
});

/** Maps collections to groups, step by step; nothing is saved before the last. */
export const MapPage = (): ReactNode => {
  const styles = useStyles();
  const state = useMapPage();
  const { wizard, isOpen, step } = state;
  const at = STEPS.indexOf(step);
  const before = STEPS[at - 1];
  const next = STEPS[at + 1];
  return (
    <Page title={t('nav.map')} lead={t('map.lead')} alerts={<Alerts />}>
      <TabList
        className={styles.tabs}
        selectedValue={step}
        aria-label={t('map.steps')}
        onTabSelect={(_, { value }) => wizard.go(STEPS.find((each) => each === value) ?? 'collection')}
      >
        {STEPS.map((each, index) => (
          <Tab key={each} value={each} disabled={!isOpen(each)}>
            {`${index + 1} ${t(`map.step.${each}`)}`}
          </Tab>
        ))}
      </TabList>
      <Section title={t(`map.title.${step}`)}>
        {state.loading ? <LoadingState label={t(`map.step.${wizard.step}`)} /> : <Content {...state} />}
        <div className={styles.buttons}>
          {before && <Button onClick={() => wizard.go(before)}>{t('action.back')}</Button>}
          {next && (
            <Button appearance="primary" disabled={!isOpen(next)} onClick={() => wizard.go(next)}>
              {t('map.next', { step: t(`map.step.${next}`) })}
            </Button>
          )}
        </div>
      </Section>
    </Page>
  );
};

/** What has been chosen, how much of it can be, and so how far one may go. */
const useMapPage = () => {
  const wizard = useWizard();
  const collections = useChosenCollections(wizard.collections);
  const tenant = useTenant(wizard);
  const [collection] = collections.chosen;
  const check = useGroupCheck(tenant.tenant, wizard.several ? null : wizard.group, collection);
  const pairs = usePairs(wizard, tenant.tenant, collections.chosen);
  const problems = problemsOf(wizard.settings);
  const [refused, refuse] = useState<FieldProblems>({});
  const hasGroups = wizard.several
    ? pairs.length > 0 && pairs.every(({ group, barred }) => group && barred === null)
    : check.ready;
  const isRight = (part: 'policy' | 'schedule'): boolean =>
    !Object.keys(problems).some((field) => field.startsWith(`${part}.`));
  const isOpen = (each: Step): boolean => {
    const needs = {
      collection: true,
      group: collections.ready,
      policy: hasGroups,
      schedule: isRight('policy'),
      review: isRight('schedule'),
    };
    return STEPS.slice(0, STEPS.indexOf(each) + 1).every((one) => needs[one]);
  };
  const loading =
    collections.loading ||
    tenant.loading ||
    (!wizard.several && wizard.group !== null && check.loading) ||
    pairs.some((pair) => pair.loading);
  // an address may lead further than what it names can go
  const step = loading || isOpen(wizard.step) ? wizard.step : (STEPS.findLast(isOpen) ?? 'collection');
  return {
    wizard,
    collections,
    tenant,
    collection,
    check,
    pairs,
    problems: { ...refused, ...problems },
    refuse,
    isOpen,
    step,
    loading: loading && step !== 'group' && step !== 'collection',
  };
};

const Content = ({
  wizard,
  collections,
  tenant,
  collection,
  check,
  pairs,
  problems,
  refuse,
  step,
}: ReturnType<typeof useMapPage>): ReactNode => {
  const { policy, schedule } = wizard.settings;
  const change = (changes: AddressChanges): void => {
    refuse({});
    wizard.change(changes);
  };
  if (step === 'policy') {
    return <PolicyFields policy={policy} problems={problems} onChange={(next) => change(policyToAddress(next))} />;
  }
  if (step === 'schedule') {
    return (
      <ScheduleFields schedule={schedule} problems={problems} onChange={(next) => change(scheduleToAddress(next))} />
    );
  }
  if (step === 'collection' || !collection) return <CollectionStep wizard={wizard} collections={collections} />;
  if (step === 'group') {
    return (
      <>
        <TenantField wizard={wizard} choice={tenant} />
        {tenant.tenant !== null &&
          (wizard.several ? (
            <PairsStep wizard={wizard} pairs={pairs} />
          ) : (
            <GroupStep wizard={wizard} tenant={tenant.tenant} collection={collection} check={check} />
          ))}
      </>
    );
  }
  if (tenant.tenant === null) return null;
  if (wizard.several) return <ReviewPairs wizard={wizard} tenant={tenant.tenant} pairs={pairs} />;
  return (
    check.group && (
      <>
        <Preflight check={check} />
        <ReviewStep
          wizard={wizard}
          tenant={tenant.tenant}
          collection={collection}
          group={check.group}
          onRefused={refuse}
        />
      </>
    )
  );
};
