import { Button, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import { ProblemState } from '../ui/states.js';
import { Ago } from '../ui/time.js';
import { DirectoryLinks, type Linked } from './directory-links.js';
import { useLookUp } from './use-look-up.js';

const useStyles = makeStyles({
  box: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    overflowWrap: 'anywhere',
  },
  title: { margin: 0 },
  note: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly target: string;
  readonly type: Schema['CollectionRow']['collectionType'];
  readonly name: string;
  /** where the name is one resource's */
  readonly resourceId: number | null;
}

/** What the site and Microsoft Entra know of a device or user, asked when this is opened. */
export const LookUpView = ({ target, type, name, resourceId }: Props): ReactNode => {
  const styles = useStyles();
  const { lookUp, error, again } = useLookUp(target, name, resourceId);
  const object = objectOf(lookUp);
  return (
    <section className={styles.box} aria-label={t('lookUp.title')}>
      <Subtitle2 as="h3" className={styles.title}>
        {t('lookUp.title')}
      </Subtitle2>
      {error ? <ProblemState error={error} retry={again} /> : <Answer lookUp={lookUp} again={again} />}
      {object && <DirectoryLinks kind={type.toLowerCase() as Linked} id={object} />}
    </section>
  );
};

const Answer = ({ lookUp, again }: { readonly lookUp?: Schema['LookUp']; readonly again: () => void }): ReactNode => {
  const styles = useStyles();
  if (!lookUp || lookUp.state === 'asking')
    return <Spinner size="tiny" label={lookUp?.conclusion ?? t('lookUp.asking')} role="status" />;
  return (
    <>
      {lookUp.knownTo && <Text weight="semibold">{t(`lookUp.${lookUp.knownTo}`)}</Text>}
      <Text>{lookUp.conclusion}</Text>
      <Text size={200} className={styles.note}>
        <Ago at={lookUp.askedAt} />
      </Text>
      {lookUp.state === 'unanswered' && <Button onClick={again}>{t('lookUp.again')}</Button>}
    </>
  );
};

/** The one object that is meant, if it is one. */
const objectOf = (lookUp: Schema['LookUp'] | undefined): string | null => {
  const objects = [
    ...(lookUp?.site?.resources ?? []).flatMap(({ objectId }) => objectId ?? []),
    ...(lookUp?.directory?.objects ?? []).map(({ objectId }) => objectId),
  ];
  return objects.length === 1 ? (objects[0] ?? null) : null;
};
