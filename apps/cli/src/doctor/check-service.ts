import { connect, unwrap, type Schemas } from '../api.js';
import type { Session } from '../session/session.js';
import { examine, ok, skewOf, type Finding } from './finding.js';

const MOST_SKEW_MS = 5_000;

interface Health {
  live: boolean;
  ready: boolean;
  parts: Record<string, { state: string; detail?: string }>;
}

/** What the service tells of itself and of everything it needs. */
export const checkService = async (url: string, session: Session | undefined): Promise<Finding[]> => {
  const findings = [await examine('service', () => checkHealth(url)), await examine('clock', () => checkClock(url))];
  if (!session) {
    return [
      ...findings,
      { check: 'sign-in', state: 'failed', detail: 'You are not signed in.', fix: `collsync login --url ${url}` },
    ];
  }
  const api = connect(session);
  findings.push(
    await examine('sign-in', async () => {
      const { name, role } = await unwrap(api.GET('/api/v1/me'));
      return ok(`${name}, ${role}`);
    }),
  );
  const upstreams = await unwrap(api.GET('/api/v1/upstreams')).catch(() => ({ items: [] }));
  for (const { kind, name, state, reason, code, siteIds } of upstreams.items) {
    const detail = `${state}${reason ? `: ${reason}` : ''}${siteIds ? idsOf(siteIds) : ''}`;
    findings.push({
      check: `${kind} ${name}`,
      state: state === 'ready' ? 'ok' : state === 'loading' ? 'warning' : 'failed',
      detail,
      ...(code ? { fix: (kind === 'budget' && APPLICATION_FIXES[code]) || FIXES[kind] } : {}),
    });
  }
  if (!upstreams.items.some(({ kind }) => kind === 'site')) {
    findings.push({
      check: 'site',
      state: 'warning',
      detail: 'No site has been heard of yet.',
      fix: 'Check that the capture service runs, and its log.',
    });
  }
  return findings;
};

const idsOf = ({ devices, users }: NonNullable<Schemas['Upstream']['siteIds']>): string =>
  [devices && `; AADDeviceID holds ${ID_NAMES[devices]}`, users && `; AADUserID holds ${ID_NAMES[users]}`]
    .filter(Boolean)
    .join('');

const ID_NAMES = {
  deviceId: 'device ids',
  objectId: 'object ids',
  unknown: 'no object ids (users are found by their SID)',
} as const;

const FIXES = {
  site: 'Check ADMINSERVICE_URL, the sign-in of the capture service and the rights of its account: it must be an administrative user that sees the collections.',
  directory: 'Check the credential of the tenant and its permissions Device.Read.All and User.Read.All.',
  budget: 'Wait; Microsoft Graph asked to slow down.',
} as const;

const APPLICATION_FIXES: Readonly<Record<string, string>> = {
  GRAPH_SIGN_IN_REFUSED: 'Check the credential of this application in TENANTS_FILE; meanwhile the other ones write.',
  GRAPH_PERMISSION_MISSING: 'Grant the permission and consent to it, or do without what it is for.',
};

const checkHealth = async (url: string): Promise<Omit<Finding, 'check'>> => {
  const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  if (!answer)
    return {
      state: 'failed',
      detail: `${url} does not answer.`,
      fix: 'Start the status service, or give its address with --url.',
    };
  const health = (await answer.json()) as Health;
  const waiting = Object.entries(health.parts).filter(([, { state }]) => state !== 'ok');
  if (waiting.length === 0) return ok(`${url} is ready`);
  const detail = waiting.map(([name, part]) => `${name}: ${part.detail ?? part.state}`).join('; ');
  return { state: health.ready ? 'warning' : 'failed', detail, fix: 'The log of the status service has the details.' };
};

const checkClock = async (url: string): Promise<Omit<Finding, 'check'>> => {
  const before = Date.now();
  const answer = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  const there = Date.parse(answer?.headers.get('date') ?? '');
  const skew = Math.abs(skewOf(there, before));
  if (Number.isNaN(skew))
    return {
      state: 'not checked',
      detail: 'The service does not tell the time.',
      fix: 'Compare the clocks once the service answers.',
    };
  if (skew <= MOST_SKEW_MS) return ok('agrees with the service within a few seconds');
  return {
    state: 'failed',
    detail: `differs from the service by ${Math.round(skew / 1_000)} s`,
    fix: 'Synchronise the clocks (NTP): tokens are refused when they differ.',
  };
};
