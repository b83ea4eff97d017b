import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { t } from '../i18n/t.js';
import { AlertMark } from './alert-mark.js';
import { useEntries } from './entries.js';

const useStyles = makeStyles({
  nav: {
    width: '208px',
    flexShrink: 0,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS}`,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
    '@media (max-width: 840px)': { display: 'none' },
  },
  entry: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    fontSize: tokens.fontSizeBase300,
    ':hover': { backgroundColor: tokens.colorNeutralBackground3Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  here: {
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
  },
});

/** The pages, beside the page; on narrow windows the header has them in a menu. */
export const Navigation = (): ReactNode => {
  const styles = useStyles();
  const entries = useEntries();
  return (
    <nav className={styles.nav} aria-label={t('shell.pages')}>
      {entries.map(({ path, title, icon }) => (
        <NavLink key={path} to={path} className={({ isActive }) => mergeClasses(styles.entry, isActive && styles.here)}>
          {icon}
          {t(title)}
          {path === '/system' && <AlertMark />}
        </NavLink>
      ))}
    </nav>
  );
};
