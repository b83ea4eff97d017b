import { asAppError } from '@collection-sync/core';
import { listMembers, type GraphCaller } from '@collection-sync/graph';

/** What Microsoft Graph says of an object and a group, at this moment. */
export interface Asked {
  /** null when it could not be found out */
  readonly inGroup: boolean | null;
  readonly detail: string;
}

/** Pages of 999 members: more would keep somebody waiting who asks about one. */
const MOST_PAGES = 20;

/** Which of the objects are direct members now. Listings lag behind writes by seconds to minutes. */
export const askGraph = async (
  client: GraphCaller,
  group: string,
  objects: readonly string[],
): Promise<Map<string, Asked>> => {
  const missing = new Set(objects);
  const asked = new Map<string, Asked>();
  const rest = (answer: Asked): Map<string, Asked> => {
    for (const object of missing) asked.set(object, answer);
    return asked;
  };
  let pages = 0;
  try {
    for await (const page of listMembers(client, group)) {
      for (const { id } of page.items) {
        const object = id.toLowerCase();
        if (missing.delete(object))
          asked.set(object, { inGroup: true, detail: 'Microsoft Graph lists it in the group.' });
      }
      if (missing.size === 0) return asked;
      pages += 1;
      if (pages === MOST_PAGES && page.next !== undefined) return rest(TOO_LARGE);
    }
  } catch (error) {
    const { message, advice } = asAppError(error);
    return rest({ inGroup: null, detail: `Microsoft Graph could not be asked: ${message} ${advice}` });
  }
  return rest({ inGroup: false, detail: 'Microsoft Graph does not list it in the group.' });
};

const TOO_LARGE: Asked = {
  inGroup: null,
  detail: `It is not among the first ${MOST_PAGES} pages of the group's members, and there are more. A preview compares them all.`,
};
