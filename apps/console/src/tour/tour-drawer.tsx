import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { Copy20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';
import { SideDrawer } from '../ui/side-drawer.js';
import { useNotify, useNotifyProblem } from '../ui/use-notify.js';
import { TOUR } from './tour.js';

const useStyles = makeStyles({
  commands: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    overflowX: 'auto',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  code: { fontFamily: tokens.fontFamilyMonospace },
  block: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, alignItems: 'start', minWidth: 0 },
  wide: { alignSelf: 'stretch' },
  bar: { display: 'flex', gap: tokens.spacingHorizontalS },
});

/** _So_ names what is on a page, `so` is what is typed. */
const MARKED = /(_[^_]+_|`[^`]+`)/;

const Words = ({ text }: { readonly text: string }): ReactNode => {
  const styles = useStyles();
  return text.split('\n\n').map((paragraph, at) => (
    <Text as="p" block key={at} style={{ margin: 0 }}>
      {paragraph.split(MARKED).map((part, n) => {
        if (part.startsWith('_')) return <em key={n}>{part.slice(1, -1)}</em>;
        if (part.startsWith('`'))
          return (
            <code key={n} className={styles.code}>
              {part.slice(1, -1)}
            </code>
          );
        return part;
      })}
    </Text>
  ));
};

const Commands = ({ text }: { readonly text: string }): ReactNode => {
  const styles = useStyles();
  const notify = useNotify();
  const onError = useNotifyProblem();
  const copy = (): void =>
    void navigator.clipboard.writeText(`${text}\n`).then(() => notify('success', t('tour.copied')), onError);
  return (
    <div className={styles.block}>
      <pre className={`${styles.commands} ${styles.wide}`} tabIndex={0}>
        {text}
      </pre>
      <Button size="small" icon={<Copy20Regular />} onClick={copy}>
        {t('tour.copy')}
      </Button>
    </div>
  );
};

interface Props {
  readonly step: number;
  readonly onGo: (step: number | null) => void;
}

/** One step of the tour, with commands to paste. */
export const TourDrawer = ({ step, onGo }: Props): ReactNode => {
  const styles = useStyles();
  const { title, parts } = TOUR[step] ?? { title: '', parts: [] };
  return (
    <SideDrawer title={title} onClose={() => onGo(null)}>
      {parts.map(({ kind, text }, at) =>
        kind === 'words' ? <Words key={at} text={text} /> : <Commands key={at} text={text} />,
      )}
      <div className={styles.bar}>
        {step > 0 && <Button onClick={() => onGo(step - 1)}>{t('action.back')}</Button>}
        {step + 1 < TOUR.length && (
          <Button appearance="primary" onClick={() => onGo(step + 1)}>
            {t('tour.next')}
          </Button>
        )}
      </div>
    </SideDrawer>
  );
};
