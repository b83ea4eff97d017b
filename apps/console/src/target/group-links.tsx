import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';

const useStyles = makeStyles({ links: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL } });

const PLACES = {
  entra: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Members/groupId/',
  intune: 'https://intune.microsoft.com/#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Members/groupId/',
} as const;

/** Where Microsoft shows the group. */
export const GroupLinks = ({ groupId }: { readonly groupId: string }): ReactNode => (
  <div className={useStyles().links}>
    {(['entra', 'intune'] as const).map((place) => (
      <Link key={place} href={PLACES[place] + encodeURIComponent(groupId)} target="_blank" rel="noreferrer">
        {t(`target.in.${place}`)}
      </Link>
    ))}
  </div>
);
