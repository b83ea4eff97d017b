import { setTimeout as pause } from 'node:timers/promises';
import {
  Client,
  HTTPMessageHandler,
  RetryHandler,
  RetryHandlerOptions,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { ADDS, boundSeconds, groupId, measure, minimumWrites, REMOVES, type Result, type World } from './world.js';

/** The SDK's defaults: 3 retries, 3 s before one that names no time. */
const SDK_RETRIES = 3;
const SDK_DELAY_S = 3;
/** microsoftgraph/group-membership-management, GraphGroupMembershipUpdater.cs */
const GMM = { binds: 20, patches: 5, deletes: 20, retries: 5 };

interface Part {
  readonly method: 'PATCH' | 'POST' | 'DELETE';
  readonly url: string;
  readonly body?: object;
  readonly objects: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly retryAfterMs: number;
}

/** The SDK over plain HTTP, which its own authentication refuses. */
const sdk = (world: World, timeScale: number): Client => {
  const token: Middleware & { next?: Middleware } = {
    async execute(context: Context) {
      const headers = new Headers(context.options?.headers as Record<string, string>);
      headers.set('authorization', 'Bearer bench');
      context.options = { ...context.options, headers: Object.fromEntries(headers) };
      await this.next?.execute(context);
    },
    setNext(next: Middleware) {
      this.next = next;
    },
  };
  const retry = new RetryHandler(new RetryHandlerOptions(SDK_DELAY_S / timeScale, SDK_RETRIES));
  return Client.initWithMiddleware({
    baseUrl: world.simulator.addresses.graphUrl,
    middleware: [token, retry, new HTTPMessageHandler()],
  });
};

const reference = (world: World, object: string): string =>
  `${world.simulator.addresses.graphUrl}/v1.0/directoryObjects/${object}`;
const add = (world: World, group: string, object: string): Part => ({
  method: 'POST',
  url: `/groups/${group}/members/$ref`,
  body: { '@odata.id': reference(world, object) },
  objects: [object],
});
const remove = (group: string, object: string): Part => ({
  method: 'DELETE',
  url: `/groups/${group}/members/${object}/$ref`,
  objects: [object],
});
const bind = (world: World, group: string, objects: readonly string[]): Part => ({
  method: 'PATCH',
  url: `/groups/${group}`,
  body: { 'members@odata.bind': objects.map((object) => reference(world, object)) },
  objects,
});

const slices = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, at * size + size));

const send = async (client: Client, parts: readonly Part[]): Promise<Answer[]> => {
  const requests = parts.map(({ method, url, body }, at) => ({
    id: String(at),
    method,
    url,
    ...(body ? { body, headers: { 'Content-Type': 'application/json' } } : {}),
  }));
  const { responses } = (await client.api('/$batch').post({ requests })) as {
    responses: { id: string; status: number; headers?: Record<string, string> }[];
  };
  const byId = new Map(responses.map((response) => [response.id, response]));
  return parts.map((_, at) => {
    const response = byId.get(String(at));
    const headers = Object.entries(response?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
    const wait = Number(Object.fromEntries(headers)['retry-after'] ?? 1);
    return { status: response?.status ?? 500, retryAfterMs: wait * 1_000 };
  });
};

/** Sends until no part is throttled or failed in passing: the longest Retry-After, then those parts again. */
const sendAll = async (
  client: Client,
  parts: readonly Part[],
  retries: number,
  goesOn: () => boolean,
): Promise<{ part: Part; status: number }[]> => {
  const done: { part: Part; status: number }[] = [];
  let left = parts;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    const batch = left;
    const answers = await send(client, batch);
    const again = batch.filter((_, at) => [429, 503].includes(answers[at]?.status ?? 0));
    batch.forEach((part, at) => {
      if (!again.includes(part) || attempt >= retries) done.push({ part, status: answers[at]?.status ?? 0 });
    });
    if (again.length === 0 || attempt >= retries || !goesOn()) return done;
    await pause(
      Math.max(...answers.filter(({ status }) => status === 429).map(({ retryAfterMs }) => retryAfterMs), 20),
    );
    left = again;
  }
  return done;
};

/** Nobody waits for more than this many times the least time; what is undone then is told as such. */
const MAX_BOUNDS = 20;

type Way = (client: Client, world: World, group: string, goesOn: () => boolean) => Promise<void>;

/** One POST or DELETE per member, with the retry of the SDK; what fails after that stays undone. */
const oneByOne: Way = async (client, world, group, goesOn) => {
  for (const object of ADDS) {
    if (!goesOn()) return;
    await client
      .api(`/groups/${group}/members/$ref`)
      .post({ '@odata.id': reference(world, object) })
      .catch(() => undefined);
  }
  for (const object of REMOVES) {
    if (!goesOn()) return;
    await client
      .api(`/groups/${group}/members/${object}/$ref`)
      .delete()
      .catch(() => undefined);
  }
};

/** 20 POSTs per batch; throttled parts again after the longest Retry-After, up to ten times. */
const inBatches: Way = async (client, world, group, goesOn) => {
  const parts = [...ADDS.map((object) => add(world, group, object)), ...REMOVES.map((object) => remove(group, object))];
  for (const batch of slices(parts, 20)) if (goesOn()) await sendAll(client, batch, 10, goesOn);
};

/** 20 per PATCH, 5 PATCHes per batch; on 429, 400 and 404 again as single POSTs. */
const asMicrosoft: Way = async (client, world, group, goesOn) => {
  const patches = slices(ADDS, GMM.binds).map((objects) => bind(world, group, objects));
  for (const batch of slices(patches, GMM.patches)) {
    if (!goesOn()) return;
    const answers = await send(client, batch);
    const throttled = answers.filter(({ status }) => status === 429).map(({ retryAfterMs }) => retryAfterMs);
    if (throttled.length > 0) await pause(Math.max(...throttled));
    const failed = batch.filter((_, at) => (answers[at]?.status ?? 500) >= 300).flatMap(({ objects }) => objects);
    for (const singles of slices(failed, 20)) {
      await sendAll(
        client,
        singles.map((object) => add(world, group, object)),
        GMM.retries,
        goesOn,
      );
    }
  }
  for (const batch of slices(REMOVES, GMM.deletes)) {
    if (!goesOn()) return;
    await sendAll(
      client,
      batch.map((object) => remove(group, object)),
      GMM.retries,
      goesOn,
    );
  }
};

export const PEERS: readonly { name: string; way: Way }[] = [
  { name: 'one POST per member, SDK retry', way: oneByOne },
  { name: '20 POSTs per $batch, SDK', way: inBatches },
  { name: "20 per PATCH, 5 per $batch (GMM's way)", way: asMicrosoft },
];

/** The same work done a peer's way, all groups at once, for as long as anybody would wait. */
export const peer = async (
  world: World,
  { name, way }: (typeof PEERS)[number],
  groups: number,
  share: number,
  timeScale: number,
): Promise<Result> => {
  const client = sdk(world, timeScale);
  const startedAt = performance.now();
  const longest = MAX_BOUNDS * boundSeconds(minimumWrites(groups), share);
  const goesOn = (): boolean => ((performance.now() - startedAt) / 1_000) * timeScale < longest;
  await Promise.all(Array.from({ length: groups }, (_, at) => way(client, world, groupId(at + 1), goesOn)));
  const seconds = ((performance.now() - startedAt) / 1_000) * timeScale;
  return measure(world, name, groups, share, seconds);
};
