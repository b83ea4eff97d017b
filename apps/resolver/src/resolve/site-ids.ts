import type { SiteIds } from '../store/directories.js';
import type { Keys, Found } from '../store/objects.js';

/** So many users are not deleted all at once without the site's noticing. */
const USERS_ASKED = 5;

/** What a look into the mirror shows, on top of what is known. No public source proves what these properties hold. */
export const learnSiteIds = (known: SiteIds, asked: Pick<Keys, 'userIds'>, found: readonly Found[]): SiteIds => {
  const devices = found.filter(({ by }) => by === 'device');
  const asObjects = devices.filter(({ key, object }) => key === object).length;
  const users = found.some(({ by }) => by === 'user');
  return {
    devices: devices.length === 0 ? known.devices : asObjects * 2 > devices.length ? 'objectId' : 'deviceId',
    users: users ? 'objectId' : (known.users ?? (asked.userIds.length >= USERS_ASKED ? 'unknown' : null)),
  };
};

const MEANINGS = { deviceId: 'device ids of Entra ID', objectId: 'object ids of Entra ID' } as const;

/** For the log. */
export const describeSiteIds = ({ devices, users }: SiteIds): string =>
  [
    devices && `AADDeviceID of the site holds ${MEANINGS[devices]}`,
    users === 'objectId' && `AADUserID holds ${MEANINGS.objectId}`,
    users === 'unknown' && 'AADUserID holds no object id of a user of this tenant',
  ]
    .filter(Boolean)
    .join('; ');
