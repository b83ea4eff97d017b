import { makeStyles, Title2, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';

const useStyles = makeStyles({
  page: {
    minHeight: '100dvh',
    display: 'grid',
    placeItems: 'center',
    padding: tokens.spacingHorizontalM,
    boxSizing: 'border-box',
  },
  card: {
    width: '100%',
    maxWidth: '440px',
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalXXL,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow8,
  },
  title: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, margin: 0 },
  logo: { width: '32px', height: '32px' },
});

export const SignInCard = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const styles = useStyles();
  return (
    <main className={styles.page}>
      <title>{`${t('signIn.title')} · ${t('product')}`}</title>
      <div className={styles.card}>
        <Title2 as="h1" className={styles.title}>
          <img className={styles.logo} src="/icon.svg" alt="" />
          {t('product')}
        </Title2>
        {children}
      </div>
    </main>
  );
};
