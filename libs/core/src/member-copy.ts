/** What a page of a group delta says of one group. */
export interface GroupWord {
  readonly group: string;
  /** the group itself is gone */
  readonly removed: boolean;
  /** something of it could not be read */
  readonly unreadable: boolean;
  readonly members: readonly MemberWord[];
}

export interface MemberWord {
  readonly object: string;
  /** such as `device` */
  readonly objectType?: string;
  /** false when it left */
  readonly there: boolean;
}

/** Each group once and each of its objects once: of what a page repeats, the last word counts. */
export const lastWords = (words: readonly GroupWord[]): GroupWord[] => {
  const groups = new Map<string, GroupWord[]>();
  for (const word of words) groups.set(word.group, [...(groups.get(word.group) ?? []), word]);
  return [...groups].map(([group, said]) => ({
    group,
    removed: said.at(-1)?.removed ?? false,
    unreadable: said.some(({ unreadable }) => unreadable),
    members: [...new Map(said.flatMap(({ members }) => members).map((member) => [member.object, member])).values()],
  }));
};

export interface CopyWitness {
  /** members that the copy and the service principals listed beside it make together */
  readonly known: number;
  /** members by Graph's count; undefined where it did not count */
  readonly counted: number | undefined;
  /** objects of which copy and ledger say different things */
  readonly different: number;
}

/**
 * Why a full run must list the group; undefined when its copy is enough. A copy only ever confirms what the ledger says already, and only with
 * Graph's count as its witness: a delta may lose a removal or come late, so that nothing is concluded from it alone.
 */
export const whyList = ({ known, counted, different }: CopyWitness): string | undefined => {
  if (different > 0) return `the copy and the ledger differ in ${different}`;
  if (counted === undefined) return 'Graph did not count the members';
  return counted === known ? undefined : `Graph counts ${counted} members, the copy has ${known}`;
};

/** What two checks in a row found different between a copy and listings: a single one may only be late. */
export const confirmedDifferences = (before: readonly string[], now: readonly string[]): string[] => {
  const known = new Set(before);
  return now.filter((object) => known.has(object));
};
