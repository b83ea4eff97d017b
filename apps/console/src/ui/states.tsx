import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Skeleton,
  SkeletonItem,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { toProblem } from '../api/problem.js';
import { t } from '../i18n/t.js';

const useStyles = makeStyles({
  empty: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingVerticalL,
    maxWidth: '60ch',
  },
  hint: { color: tokens.colorNeutralForeground2 },
  lines: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    paddingBlock: tokens.spacingVerticalM,
  },
  bar: { flexShrink: 0 },
});

interface EmptyProps {
  readonly title: string;
  readonly hint: string;
  readonly action?: ReactNode;
}

/** Nothing to show: why, and what to do about it. */
export const EmptyState = ({ title, hint, action }: EmptyProps): ReactNode => {
  const styles = useStyles();
  return (
    <div className={styles.empty}>
      <Text weight="semibold">{title}</Text>
      <Text className={styles.hint}>{hint}</Text>
      {action}
    </div>
  );
};

export const LoadingState = ({ label }: { readonly label: string }): ReactNode => {
  const styles = useStyles();
  return (
    <Skeleton aria-label={t('state.loading', { what: label })} role="status" className={styles.lines}>
      {[1, 2, 3, 4].map((line) => (
        <SkeletonItem key={line} size={24} />
      ))}
    </Skeleton>
  );
};

/** What went wrong and what to do, in the words of the API. */
export const ProblemState = ({
  error,
  retry,
}: {
  readonly error: unknown;
  readonly retry?: () => unknown;
}): ReactNode => {
  const styles = useStyles();
  const { title, message, advice } = toProblem(error);
  return (
    <MessageBar intent="error" layout="multiline" className={styles.bar} role="alert">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        {message} {advice}
      </MessageBarBody>
      {retry && (
        <MessageBarActions>
          <Button onClick={() => void retry()}>{t('action.retry')}</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
};
