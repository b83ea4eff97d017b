import { Button, Checkbox, Field, Input, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle20Filled,
  ClockAlarm20Filled,
  DismissCircle20Filled,
  QuestionCircle20Filled,
} from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { whyQuery } from '../api/queries.js';
import { t } from '../i18n/t.js';
import { fullTime } from '../i18n/time.js';
import { DirectoryLinks, type Linked } from './directory-links.js';
import { LookUpView } from './look-up-view.js';
import { SideDrawer } from '../ui/side-drawer.js';
import { EmptyState, LoadingState, ProblemState } from '../ui/states.js';
import { Ago } from '../ui/time.js';

type Trace = Schema['Why']['traces'][number];
type StepState = Schema['WhyStep']['state'];

const useStyles = makeStyles({
  form: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'end' },
  field: { flex: 1 },
  conclusion: { margin: `${tokens.spacingVerticalXS} 0 ${tokens.spacingVerticalM}` },
  steps: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  step: { display: 'flex', gap: tokens.spacingHorizontalM },
  text: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  detail: { color: tokens.colorNeutralForeground2 },
  events: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  event: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalM },
});

const SIGNS: Readonly<Record<StepState, { icon: ReactElement; color: string }>> = {
  yes: { icon: <CheckmarkCircle20Filled />, color: tokens.colorStatusSuccessForeground1 },
  no: { icon: <DismissCircle20Filled />, color: tokens.colorStatusDangerForeground1 },
  waiting: { icon: <ClockAlarm20Filled />, color: tokens.colorStatusWarningForeground1 },
  unknown: { icon: <QuestionCircle20Filled />, color: tokens.colorNeutralForeground3 },
};

interface Props {
  readonly target: string;
  /** what the collection holds */
  readonly type: Schema['CollectionRow']['collectionType'];
  readonly name: string;
  readonly onClose: () => void;
}

/** Why a device or user is, or is not, in the group: each step on its way. */
export const WhyDrawer = ({ target, type, name: first, onClose }: Props): ReactNode => {
  const styles = useStyles();
  const [text, setText] = useState(first);
  const [name, setName] = useState(first);
  const [graph, setGraph] = useState(false);
  const { data, error, isLoading, refetch } = useQuery(whyQuery(target, name, graph));
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setName(text.trim());
  };
  // who is no member is looked for elsewhere first
  const absent = data?.traces.every(({ member }) => member === null) ?? false;
  const lookUp = data && (
    <LookUpView
      key={`${target} ${name}`}
      target={target}
      type={type}
      name={name}
      resourceId={resourceOf(data.traces)}
    />
  );
  return (
    <SideDrawer title={t('why.title')} onClose={onClose}>
      <form className={styles.form} onSubmit={ask}>
        <Field label={t('why.name')} className={styles.field}>
          <Input value={text} onChange={(_, { value }) => setText(value)} />
        </Field>
        <Button type="submit" appearance="primary" disabled={text.trim() === ''}>
          {t('why.go')}
        </Button>
      </form>
      <Checkbox label={t('why.graph')} checked={graph} onChange={(_, { checked }) => setGraph(checked === true)} />
      {name === '' && <EmptyState title={t('why.empty')} hint={t('why.empty.hint')} />}
      {isLoading && <LoadingState label={t('why.title')} />}
      {error && <ProblemState error={error} retry={refetch} />}
      {absent && lookUp}
      {data?.traces.map((trace, at) => (
        <TraceView key={`${trace.member?.objectId ?? ''} ${at}`} trace={trace} type={type} name={name} />
      ))}
      {!absent && lookUp}
    </SideDrawer>
  );
};

const resourceOf = ([first, ...others]: readonly Trace[]): number | null =>
  others.length === 0 ? (first?.member?.resourceId ?? null) : null;

/** What the directory object of a member is: whoever is unmanaged says so, the others are what the collection holds. */
const kindOf = (member: Trace['member'], type: Props['type']): Linked | null => {
  const kind = member?.unmanaged ? member.objectType : type.toLowerCase();
  return kind === 'device' || kind === 'user' || kind === 'group' ? kind : null;
};

interface TraceProps extends Pick<Props, 'type' | 'name'> {
  readonly trace: Trace;
}

const TraceView = ({ trace, type, name }: TraceProps): ReactNode => {
  const styles = useStyles();
  const object = trace.member?.objectId;
  const kind = kindOf(trace.member, type);
  return (
    <article>
      <Subtitle2 as="h3">{trace.member?.name ?? name}</Subtitle2>
      <Text as="p" block className={styles.conclusion}>
        {trace.conclusion}
      </Text>
      {trace.graph && (
        <Text as="p" block className={styles.detail}>
          {trace.graph.detail}
        </Text>
      )}
      <ol className={styles.steps}>
        {trace.steps.map(({ step, state, detail, at }) => (
          <li key={step} className={styles.step}>
            <span style={{ color: SIGNS[state].color }} aria-hidden>
              {SIGNS[state].icon}
            </span>
            <span className={styles.text}>
              <Text weight="semibold">
                {t('why.step', { step: t(`why.step.${step}`), state: t(`why.state.${state}`) })}
              </Text>
              <Text className={styles.detail}>{detail}</Text>
              {at && (
                <Text size={200} className={styles.detail}>
                  <Ago at={at} />
                </Text>
              )}
            </span>
          </li>
        ))}
      </ol>
      {object && kind && (
        <div className={styles.conclusion}>
          <DirectoryLinks kind={kind} id={object} />
        </div>
      )}
      {trace.timeline.length > 0 && (
        <>
          <Subtitle2 as="h4" block className={styles.conclusion}>
            {t('why.timeline')}
          </Subtitle2>
          <ul className={styles.events} aria-label={t('why.timeline')}>
            {trace.timeline.map(({ time, change, reason }) => (
              <li key={`${time} ${change}`} className={styles.event}>
                <time dateTime={time} className={styles.detail}>
                  {fullTime(time)}
                </time>
                <span>
                  {reason ? t('timeline.because', { event: t(`timeline.${change}`), reason }) : t(`timeline.${change}`)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
};
