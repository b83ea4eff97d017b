import type { SiteIds } from '../store/directories.js';
import type { Keys, Snapshot } from '../store/objects.js';

/** So many users are not deleted all at once without the site's noticing, nor found all at once by chance. */
const SEVERAL_USERS = 5;

/**
 * What a look into the mirror shows, on top of what is known. No public source proves what these properties hold. A mirror that is not ready
 * shows nothing by what it lacks.
 */
export const learnSiteIds = (
  known: SiteIds,
  asked: Pick<Keys, 'userIds'>,
  { found, userReady }: Pick<Snapshot, 'found' | 'userReady'>,
): SiteIds => {
  const devices = found.filter(({ by }) => by === 'device');
  const asObjects = devices.filter(({ key, object }) => key === object).length;
  return {
    devices: devices.length === 0 ? known.devices : asObjects * 2 > devices.length ? 'objectId' : 'deviceId',
    users: usersOf(known.users, {
      asked: userReady ? asked.userIds.length : 0,
      found: found.filter(({ by }) => by === 'user').length,
    }),
  };
};

/** Once ids of users were found to be object ids they are: members would come and go with every other look. */
const usersOf = (known: SiteIds['users'], { asked, found }: { asked: number; found: number }): SiteIds['users'] => {
  if (known === 'objectId' || found >= (known === 'unknown' ? SEVERAL_USERS : 1)) return 'objectId';
  return known ?? (asked >= SEVERAL_USERS ? 'unknown' : null);
};

export const isSame = (one: SiteIds, other: SiteIds): boolean =>
  one.devices === other.devices && one.users === other.users;

const MEANINGS = { deviceId: 'device ids of Entra ID', objectId: 'object ids of Entra ID' } as const;

/** For the log. */
export const describeSiteIds = ({ devices, users }: SiteIds): string =>
  [
    devices && `AADDeviceID of the site holds ${MEANINGS[devices]}`,
    users === 'objectId' && `AADUserID holds ${MEANINGS.objectId}`,
    users === 'unknown' && 'AADUserID holds no object id of a user of this tenant: users are found by their SID',
  ]
    .filter(Boolean)
    .join('; ');
