import { REASONS, type DirectoryAnswer, type SiteAnswer, type SiteMembership } from '@collection-sync/core';
import type { LookUpRow } from '../store/look-ups.js';
import type { LookUpAnswer } from './look-ups.contract.js';

type Question = Pick<LookUpRow, 'collectionType' | 'over' | 'site' | 'directory'>;
type Conclusion = Pick<LookUpAnswer, 'state' | 'knownTo' | 'conclusion'>;
type Resource = SiteAnswer['resources'][number];

/** Who knows a device or user, in one place and in sentences. What somebody could not be asked is not known. */
export const concludeLookUp = ({ collectionType, over, site, directory }: Question): Conclusion => {
  if (!site || !directory) return open(over, site);
  return {
    state: 'answered',
    knownTo: site.problem || directory.problem ? null : knownTo(site, directory),
    conclusion: [siteSays(collectionType, site), directorySays(collectionType, site, directory)].join(' '),
  };
};

const open = (over: boolean, site: SiteAnswer | null): Conclusion => {
  const nobody = `${site ? 'The resolver' : 'Capture'} did not answer within a minute: the health page says whether it is there. Ask again.`;
  const asking = site ? 'The site has answered; the directory is asked.' : 'The site is asked.';
  return { state: over ? 'unanswered' : 'asking', knownTo: null, conclusion: over ? nobody : asking };
};

const knownTo = ({ resources }: SiteAnswer, { resolved, named }: DirectoryAnswer): LookUpAnswer['knownTo'] => {
  if (resources.length > 0) return resolved.some(({ object }) => object !== null) ? 'both' : 'site';
  return named.length > 0 ? 'directory' : 'neither';
};

const MEMBERSHIP: Readonly<Record<SiteMembership, string>> = {
  direct: 'in this collection by a direct rule',
  rule: 'in this collection by a query rule or an included collection',
  member: 'in this collection; the site does not say by which rule',
  none: 'not in this collection: none of its rules selects it, or the site has not evaluated the collection since',
};

const siteSays = (kind: string, { problem, resources }: SiteAnswer): string => {
  if (problem) return `The site could not be asked: ${problem}`;
  const [first, ...others] = resources.toSorted((a, b) => Number(a.obsolete ?? false) - Number(b.obsolete ?? false));
  if (!first) return `The site has no ${kind} of this name.`;
  const more = others.length > 0 ? ` It has ${others.length} more of this name.` : '';
  return `The site knows it (${[`ResourceID ${first.resource}`, ...remarks(first)].join(', ')}). It is ${MEMBERSHIP[first.membership]}.${more}`;
};

const remarks = ({ obsolete, client }: Resource): string[] => [
  ...(obsolete ? ['obsolete: the site has a newer record of it'] : []),
  ...(client === false ? ['without a client'] : []),
];

const directorySays = (
  kind: string,
  { resources }: SiteAnswer,
  { problem, resolved, named }: DirectoryAnswer,
): string => {
  if (problem) return `Microsoft Entra could not be asked: ${problem}`;
  const object = resolved.find((one) => one.object !== null);
  if (object)
    return `Microsoft Entra has it as ${object.object}${object.enabled === false ? ', which is disabled' : ''}.`;
  const reason = resolved.find((one) => one.reason !== undefined)?.reason;
  const why = reason !== undefined && reason in REASONS ? ` ${REASONS[reason as keyof typeof REASONS].advice}` : '';
  if (named.length === 0)
    return resources.length > 0
      ? `No object of Microsoft Entra belongs to it.${why}`
      : `Microsoft Entra has no ${kind} of this name either. Check the spelling.`;
  const disabled = named.every(({ enabled }) => !enabled) ? ', disabled' : '';
  const there = `Microsoft Entra has ${named.length === 1 ? `a ${kind}` : `${named.length} ${kind}s`} of this name${disabled}`;
  return resources.length > 0
    ? `${there}, but nothing says that it is the same.${why}`
    : `${there}. Only what the site knows can be in a collection.`;
};
