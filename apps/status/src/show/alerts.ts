import type { PartHealth } from '@collection-sync/platform';
import type { TenantRow } from '../store/tenants.js';
import type { UpstreamRow } from '../store/upstreams.js';
import type { Alert } from './alerts.contract.js';

/** Every service publishes the state of what it reads or writes once a minute. */
const SILENT_MS = 180_000;

export interface Situation {
  readonly now: Date;
  /** of this process, by name */
  readonly parts: Readonly<Record<string, PartHealth>>;
  readonly upstreams: readonly UpstreamRow[];
  readonly tenants: readonly TenantRow[];
}

/** What operators have to know before they believe what is shown; the gravest first. */
export const alertsOf = (situation: Situation): Alert[] =>
  [
    ...partAlerts(situation),
    ...redisAlerts(situation),
    ...silentServices(situation),
    ...upstreamAlerts(situation),
    ...tenantAlerts(situation),
  ].toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);

const RANK = { error: 0, warning: 1, info: 2 } as const;

const allTargets = ({ tenants }: Situation): number => tenants.reduce((sum, { mappings }) => sum + mappings, 0);

const PARTS: Readonly<Record<string, { readonly title: string; readonly stillTrue: string }>> = {
  kafka: {
    title: 'Kafka is away',
    stillTrue:
      'What is shown was right when it went away; nothing newer arrives. Groups keep their members. Commands given now are kept, and sent when it is back.',
  },
};

const partAlerts = (situation: Situation): Alert[] =>
  Object.entries(situation.parts).flatMap(([name, { state, since, detail }]): Alert[] => {
    const words = PARTS[name];
    if (!words || state === 'ok') return [];
    return [
      {
        ...words,
        kind: 'part',
        name,
        severity: 'error',
        since,
        message: detail ?? '',
        tenantId: null,
        targets: allTargets(situation),
      },
    ];
  });

/** This service has no account of Redis: the writer says when it is away. */
const redisAlerts = (situation: Situation): Alert[] => {
  const [first] = situation.upstreams
    .filter(({ kind, code }) => kind === 'budget' && code === 'REDIS_UNAVAILABLE')
    .toSorted((a, b) => a.since.getTime() - b.since.getTime());
  if (!first) return [];
  return [
    {
      kind: 'part',
      name: 'redis',
      severity: 'error',
      since: first.since.toISOString(),
      title: 'Redis is away',
      message: first.reason ?? '',
      stillTrue: 'Groups keep their members: nothing is written to them until it is back. The site is read meanwhile.',
      tenantId: null,
      targets: allTargets(situation),
    },
  ];
};

const SERVICES = {
  site: { name: 'capture', stillTrue: 'Changes at the site are not noticed. What was read before is still applied.' },
  directory: {
    name: 'resolver',
    stillTrue: 'No change of a collection reaches its group. Groups keep their members.',
  },
  budget: { name: 'writer', stillTrue: 'Nothing is written to groups; they keep their members.' },
} as const;

/** A service that says nothing is down, or cannot reach Kafka. While Kafka is away, or just after a start, silence says nothing. */
const silentServices = (situation: Situation): Alert[] => {
  const { now, parts, upstreams } = situation;
  const started = parts['service'];
  const heard = started?.state === 'ok' && now.getTime() - Date.parse(started.since) > SILENT_MS;
  if (!heard || (parts['kafka'] && parts['kafka'].state !== 'ok')) return [];
  return (Object.keys(SERVICES) as (keyof typeof SERVICES)[]).flatMap((kind): Alert[] => {
    const last = Math.max(
      ...upstreams.filter((one) => one.kind === kind).map(({ reportedAt }) => reportedAt.getTime()),
    );
    if (!Number.isFinite(last) || now.getTime() - last <= SILENT_MS) return [];
    const { name, stillTrue } = SERVICES[kind];
    return [
      {
        kind: 'service',
        name,
        severity: 'error',
        since: new Date(last).toISOString(),
        title: `The service ${name} says nothing`,
        message: `It reports every minute. Check that it runs and reaches Kafka; its log and its health page say what it waits for.`,
        stillTrue,
        tenantId: null,
        targets: allTargets(situation),
      },
    ];
  });
};

const upstreamAlerts = (situation: Situation): Alert[] =>
  situation.upstreams.flatMap((upstream): Alert[] => {
    if (upstream.kind === 'budget') return [];
    const words = upstreamWords(upstream);
    if (!words) return [];
    const ofSite = upstream.kind === 'site';
    const mapped = situation.tenants.find(({ tenant }) => tenant === upstream.name)?.mappings ?? 0;
    const targets = ofSite ? allTargets(situation) : mapped;
    // a tenant that nothing is mapped to is a matter of the Health page alone
    if (!ofSite && targets === 0) return [];
    return [
      {
        ...words,
        kind: upstream.kind,
        name: upstream.name,
        since: upstream.since.toISOString(),
        tenantId: ofSite ? null : upstream.name,
        targets,
      },
    ];
  });

type Words = Pick<Alert, 'severity' | 'title' | 'message' | 'stillTrue'>;

const upstreamWords = ({ kind, name, state, reason, progress }: UpstreamRow): Words | undefined => {
  const what = kind === 'site' ? `Site ${name}` : `The directory of tenant ${name}`;
  if (state === 'unavailable')
    return {
      severity: 'error',
      title: `${what} cannot be read`,
      message: reason ?? '',
      stillTrue:
        kind === 'site'
          ? 'Groups keep the members of the last complete reads, and what was read before is still applied. What has changed at the site since is not known here.'
          : 'Groups keep their members. Nothing is sent to this tenant until its directory can be read; the site is read meanwhile.',
    };
  if (state === 'loading') {
    const done = progress ? `: ${progress.done} ${progress.unit} so far` : '';
    return {
      severity: 'info',
      title: `${what} is being read for the first time`,
      message: `First synchronisations and previews wait for it${done}.`,
      stillTrue: 'Groups keep their members until it has been read.',
    };
  }
  if (reason === null) return undefined;
  return {
    severity: 'warning',
    title: `${what} cannot be read wholly`,
    message: reason,
    stillTrue: 'What can be read is kept equal; nobody is removed because of what cannot.',
  };
};

const tenantAlerts = ({ tenants }: Situation): Alert[] =>
  tenants
    .filter(({ enabled, mappings }) => !enabled && mappings > 0)
    .map(({ tenant, changedAt, changedBy, mappings }) => ({
      kind: 'tenantOff',
      name: tenant,
      severity: 'info',
      since: (changedAt ?? new Date(0)).toISOString(),
      title: `Tenant ${tenant} is switched off`,
      message: `${changedBy || 'Somebody'} switched it off. An Admin switches it on under Health; what the switch paused then resumes, each with a full synchronisation.`,
      stillTrue: 'Its groups keep the members that they have, and are not kept equal to their collections.',
      tenantId: tenant,
      targets: mappings,
    }));
