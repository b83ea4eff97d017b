import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { t } from '../i18n/t.js';

const useStyles = makeStyles({ links: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL } });

const GROUP = '#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Members/groupId/';
const DEVICE = '#view/Microsoft_AAD_Devices/DeviceDetailsMenuBlade/~/Properties/objectId/';
const USER = '#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/';

const PORTALS = {
  group: { entra: GROUP, intune: GROUP },
  device: { entra: DEVICE },
  user: { entra: USER, intune: USER },
} as const;

export type Linked = keyof typeof PORTALS;

/** Where Microsoft shows a group, or a member of it, by its directory object. */
export const DirectoryLinks = ({ kind, id }: { readonly kind: Linked; readonly id: string }): ReactNode => (
  <div className={useStyles().links}>
    {(Object.entries(PORTALS[kind]) as ['entra' | 'intune', string][]).map(([portal, path]) => (
      <Link
        key={portal}
        href={`https://${portal}.microsoft.com/${path}${encodeURIComponent(id)}`}
        target="_blank"
        rel="noreferrer"
      >
        {t(`target.in.${portal}`)}
      </Link>
    ))}
  </div>
);
