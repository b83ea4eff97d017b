import { adminServiceOf, type AdminService, type SiteEnvironment } from '@collection-sync/configmgr';
import type { SourceCollection } from '@collection-sync/core';
import { examine, ok, skewOf, type Finding } from './finding.js';

/** Members of the collection that is read as a sample. */
const MOST_MEMBERS = 2_000;
/** Ids that are asked for together: more than a page has, so that the next page is asked for by key. */
const TOGETHER = 3;
const PAGE_ROWS = 2;
/**
 * Nothing is reckoned by the site's clock, but people read its times, and Kerberos refuses tickets at five minutes:
 * https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/security-policy-settings/maximum-tolerance-for-computer-clock-synchronization
 */
const MOST_SKEW_MS = 60_000;

/** What is assumed of the answers of a site, where reading shows it: forms of questions, and whether the account sees every member. */
export const checkSiteForms = async (given: SiteEnvironment): Promise<Finding[]> => {
  const service = adminServiceOf(given);
  const paged = adminServiceOf(given, { pageRows: PAGE_ROWS });
  try {
    const sample = await sampleOf(service);
    return [
      await examine('members at the site', () => checkMembers(service, sample)),
      await examine('questions to the site', () => checkQuestions(paged)),
      await examine('clock of the site', () => checkClock(service, sample)),
    ];
  } catch {
    // that the site cannot be read is a finding of its own
    return [];
  } finally {
    await Promise.all([service.close(), paged.close()]);
  }
};

const sampleOf = async (service: AdminService): Promise<SourceCollection | undefined> => {
  let sample: SourceCollection | undefined;
  for await (const { items } of service.collections())
    for (const one of items) {
      const { count } = one;
      if (count !== null && count > (sample?.count ?? 0) && count <= MOST_MEMBERS) sample = one;
    }
  return sample;
};

const checkMembers = async (
  service: AdminService,
  sample: SourceCollection | undefined,
): Promise<Omit<Finding, 'check'>> => {
  if (!sample) return { state: 'not checked', detail: `no collection has 1 to ${MOST_MEMBERS} members` };
  let shown = 0;
  for await (const { items } of service.members(sample.id)) shown += items.length;
  const detail = `collection ${sample.name} (${sample.id}) states ${sample.count} members and shows ${shown}`;
  if (shown === sample.count) return ok(detail);
  return {
    state: 'warning',
    detail,
    fix: 'Unless it is just being evaluated, the account does not see every member: give its role a scope that holds All Systems and All Users. No read is complete, and nobody is removed, as long as the numbers differ.',
  };
};

const checkClock = async (
  service: AdminService,
  sample: SourceCollection | undefined,
): Promise<Omit<Finding, 'check'>> => {
  const askedAt = Date.now();
  const there = sample && (await service.collection(sample.id))?.sourceTime;
  if (!there) return { state: 'not checked', detail: 'the site does not tell the time' };
  const skew = Math.round(skewOf(there.getTime(), askedAt) / 1_000);
  const detail = `the site is ${Math.abs(skew)} s ${skew < 0 ? 'behind' : 'ahead of'} this machine`;
  if (Math.abs(skew) * 1_000 <= MOST_SKEW_MS) return ok(detail);
  return {
    state: 'warning',
    detail,
    fix: 'Synchronise the clocks (NTP): no member depends on it, but the times of the site that are shown are wrong by that much, and Kerberos refuses the sign-in when clocks differ by five minutes.',
  };
};

const checkQuestions = async (service: AdminService): Promise<Omit<Finding, 'check'>> => {
  const ids: number[] = [];
  for await (const { items } of service.allResources('device')) {
    ids.push(...items.map(({ resource }) => resource));
    if (ids.length >= TOGETHER) break;
  }
  await service.resources('device', ids.slice(0, TOGETHER));
  const { comparisons, or } = service.refused();
  if (comparisons.length + or.length === 0) return ok('comparisons, orders and filters with or are answered');
  const refused = [
    ...comparisons.map((name) => `comparisons or an order of ${name}`),
    ...or.map((name) => `filters with or of ${name}`),
  ];
  return {
    state: 'warning',
    detail: `the site does not answer ${refused.join(', ')}`,
    fix: 'Nothing has to be done: it is asked by position or one by one instead, which takes more requests.',
  };
};
