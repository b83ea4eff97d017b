import { makeStyles, mergeClasses, Text, tokens, typographyStyles } from '@fluentui/react-components';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { t } from '../i18n/t.js';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXL}`,
    minHeight: 'min-content',
    '@media (max-width: 640px)': { paddingInline: tokens.spacingHorizontalM },
  },
  fill: { height: '100%', minHeight: '640px', boxSizing: 'border-box' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalM,
    alignItems: 'flex-start',
    justifyContent: 'space-between',
  },
  title: { ...typographyStyles.title2, margin: 0, outline: 'none', overflowWrap: 'anywhere' },
  lead: { margin: `${tokens.spacingVerticalXS} 0 0`, color: tokens.colorNeutralForeground2, maxWidth: '90ch' },
});

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** what to know before believing the page */
  readonly alerts?: ReactNode;
  /** as high as the window, for pages whose table scrolls */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** A page with its heading, which gets the focus when the page opens. */
export const Page = ({ title, lead, actions, alerts, fill, children }: Props): ReactNode => {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  // before the effects of what is on the page: a drawer that opens with it then has the focus, without which it is hidden
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={mergeClasses(styles.page, fill && styles.fill)}>
      <title>{`${title} · ${t('product')}`}</title>
      <div className={styles.head}>
        <div>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {title}
          </h1>
          {lead && (
            <Text as="p" block className={styles.lead}>
              {lead}
            </Text>
          )}
        </div>
        {actions}
      </div>
      {alerts}
      {children}
    </div>
  );
};
