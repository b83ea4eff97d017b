import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronRight12Regular } from '@fluentui/react-icons';
import { Fragment, type ReactNode } from 'react';
import type { Schema } from '../api/client.js';
import { t } from '../i18n/t.js';
import { Ago } from '../ui/time.js';

const STAGES = ['sourceChecked', 'captured', 'resolved', 'merged', 'applied'] as const;

const useStyles = makeStyles({
  stages: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    rowGap: tokens.spacingVerticalXS,
    color: tokens.colorNeutralForeground2,
  },
});

/** How old what is known is at each step from the site to the group. */
export const Freshness = ({ freshness }: { readonly freshness: Schema['Target']['freshness'] }): ReactNode => (
  <div className={useStyles().stages} role="group" aria-label={t('freshness')}>
    {STAGES.map((stage, at) => (
      <Fragment key={stage}>
        {at > 0 && <ChevronRight12Regular aria-hidden />}
        <Text size={200}>
          {t(`freshness.${stage}`)} <Ago at={freshness[stage].at} />
        </Text>
      </Fragment>
    ))}
  </div>
);
