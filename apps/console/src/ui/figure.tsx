import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { number } from '../i18n/t.js';

const useStyles = makeStyles({
  figures: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalS,
    margin: 0,
  },
  figure: { display: 'flex', flexDirection: 'column' },
  term: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0 },
  number: {
    fontVariantNumeric: 'tabular-nums',
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
});

export const Figures = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <dl className={useStyles().figures}>{children}</dl>
);

/** A fact with its name: a number in large type, anything else in the text's. */
export const Figure = ({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode => {
  const styles = useStyles();
  const isNumber = typeof children === 'number';
  return (
    <div className={styles.figure}>
      <dt className={styles.term}>{label}</dt>
      <dd className={mergeClasses(styles.value, isNumber && styles.number)}>
        {isNumber ? number(children) : <Text>{children}</Text>}
      </dd>
    </div>
  );
};
