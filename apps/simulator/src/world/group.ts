import { SortedSet } from './sorted-set.js';

export interface GroupTraits {
  displayName: string;
  description: string | null;
  mailNickname: string;
  groupTypes: string[];
  mailEnabled: boolean;
  securityEnabled: boolean;
  isAssignableToRole: boolean | null;
  onPremisesSyncEnabled: boolean | null;
  membershipRule: string | null;
  visibility: string | null;
}

/** One link change, kept for a while so that lagging reads can answer as of an earlier moment. */
interface LinkChange {
  at: number;
  object: number;
  added: boolean;
}

const KEPT_CHANGES = 10_000;

/** An Entra group: its traits, members and owners (rows of the directory). */
export class Group {
  readonly members = new SortedSet();
  readonly owners = new SortedSet();
  /** ids of those that it is in */
  administrativeUnits: readonly string[] = [];
  /** Member writes being worked on right now. */
  writesUnderWay = 0;
  #changes: LinkChange[] = [];

  constructor(
    readonly row: number,
    readonly traits: GroupTraits,
    readonly createdAt: number,
  ) {}

  add(object: number, at: number): boolean {
    if (!this.members.add(object)) return false;
    this.#remember({ at, object, added: true });
    return true;
  }

  remove(object: number, at: number): boolean {
    if (!this.members.delete(object)) return false;
    this.#remember({ at, object, added: false });
    return true;
  }

  /** The members as they were at a moment: what changed later is undone. */
  membersAt(moment: number): SortedSet {
    if ((this.#changes.at(-1)?.at ?? 0) <= moment) return this.members;
    const later = this.#changes.filter((change) => change.at > moment);
    const view = this.members.copy();
    for (const change of later.reverse()) {
      if (change.added) view.delete(change.object);
      else view.add(change.object);
    }
    return view;
  }

  #remember(change: LinkChange): void {
    this.#changes.push(change);
    if (this.#changes.length > KEPT_CHANGES) this.#changes = this.#changes.slice(-KEPT_CHANGES / 2);
  }
}

export function groupTraits(given: Partial<GroupTraits> & { displayName: string }): GroupTraits {
  return {
    description: null,
    mailNickname: given.displayName.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 60) || 'group',
    groupTypes: [],
    mailEnabled: false,
    securityEnabled: true,
    isAssignableToRole: null,
    onPremisesSyncEnabled: null,
    membershipRule: null,
    visibility: null,
    ...given,
  };
}
