import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { number, t } from '../i18n/t.js';
import { LoadingState, ProblemState } from '../ui/states.js';
import { Ago } from '../ui/time.js';

interface Part {
  readonly state: 'ok' | 'waiting' | 'down';
  readonly since: string;
  readonly lastSuccess?: string;
  readonly detail?: string;
}

interface Report {
  readonly live: boolean;
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, Part>>;
}

const EVERY_MS = 10_000;
const COLORS = { ok: 'success', waiting: 'warning', down: 'danger' } as const;

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
    gap: tokens.spacingHorizontalM,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  part: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    alignItems: 'flex-start',
    minWidth: 0,
  },
  detail: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

/** Answers 503 with the same report when something is down. */
const readHealth = async (): Promise<Report> => {
  const answer = await fetch('/health');
  return (await answer.json()) as Report;
};

/** Workers of the same kind, such as `full run 1` to `full run 8`, are one line: the worst of them. */
const grouped = (parts: Report['parts']): [name: string, part: Part, count: number][] => {
  const groups = Map.groupBy(Object.entries(parts), ([name]) => name.replace(/ \d+$/, ''));
  const rank = { down: 0, waiting: 1, ok: 2 } as const;
  return [...groups].map(([name, all]): [string, Part, number] => {
    const worst = all.map(([, part]) => part).toSorted((a, b) => rank[a.state] - rank[b.state])[0];
    return [name, worst ?? { state: 'ok', since: '' }, all.length];
  });
};

export const ServiceParts = (): ReactNode => {
  const styles = useStyles();
  const { data, error, refetch } = useQuery({ queryKey: ['health'], queryFn: readHealth, refetchInterval: EVERY_MS });
  if (error && !data) return <ProblemState error={error} retry={refetch} />;
  if (!data) return <LoadingState label={t('health.services')} />;
  return (
    <ul className={styles.list}>
      {grouped(data.parts).map(([name, { state, since, lastSuccess = null, detail }, count]) => (
        <li key={name} className={styles.part}>
          <Text weight="semibold">{count > 1 ? `${name} × ${number(count)}` : name}</Text>
          <Badge appearance="tint" color={COLORS[state]}>
            {t(`health.part.${state}`)}
          </Badge>
          <Text size={200} className={styles.detail}>
            {detail} <Ago at={since} />
          </Text>
          {state !== 'ok' && (
            <Text size={200} className={styles.detail}>
              {t('health.lastSuccess')}: <Ago at={lastSuccess} />
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
};
