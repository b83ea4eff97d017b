import { makeStyles, tokens } from '@fluentui/react-components';
import { useRef, type ReactNode } from 'react';
import { useLive } from '../api/use-live.js';
import { t } from '../i18n/t.js';
import { Header } from './header.js';
import { Navigation } from './navigation.js';

const useStyles = makeStyles({
  shell: { display: 'flex', flexDirection: 'column', height: '100dvh' },
  body: { display: 'flex', flex: '1 1 0', minHeight: 0 },
  main: {
    flex: '1 1 0',
    minWidth: 0,
    overflow: 'auto',
    outline: 'none',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  skip: {
    position: 'absolute',
    left: tokens.spacingHorizontalM,
    top: '-60px',
    zIndex: 10,
    padding: tokens.spacingVerticalS,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForegroundLink,
    ':focus': { top: tokens.spacingVerticalS },
  },
});

export const Shell = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const styles = useStyles();
  const main = useRef<HTMLElement>(null);
  const live = useLive(true);
  return (
    <div className={styles.shell}>
      <a
        href="#main"
        className={styles.skip}
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('shell.skip')}
      </a>
      <Header live={live} />
      <div className={styles.body}>
        <Navigation />
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          {children}
        </main>
      </div>
    </div>
  );
};
