import { Loop, type LoopOptions, type Worker } from '@collection-sync/platform';
import { actOnCommand } from './command/act-on-commands.js';
import type { CaptureContext } from './context.js';
import { runMaintenance } from './maintain/run-maintenance.js';
import { answerLookUp } from './look-up/answer-look-up.js';
import { refreshIdentities } from './identify/refresh-identities.js';
import { noticeChanges } from './notice/notice-changes.js';
import { showSource } from './notice/show-source.js';
import { CollectionServer } from './serve-collections.js';
import { stampChangedIdentities } from './identify/stamp-changed-identities.js';

/** The slow work of capture; each piece is claimed from the database, so any number of replicas may run it. */
export const captureWorkers = (context: CaptureContext): Worker => {
  const { log, health, settings } = context;
  const loop = (name: string, everyMs: number, tick: LoopOptions['tick']) =>
    new Loop({ name, everyMs, tick, log, health });
  const poll = Math.min(settings.pollMs, settings.tickMs / 4);
  const server = new CollectionServer(context, () => starting.wake());
  const starting = loop('collections', poll, (signal) => server.startDue(signal));
  const acting = loop('commands', poll, () => actOnCommand(context));
  const answering = loop('look-ups', poll, (signal) => answerLookUp(context, signal));
  const stamping = loop('identity changes', poll, () => stampChangedIdentities(context));
  const noticing = loop('listing', poll, (signal) => noticeChanges(context, signal));
  const looking = loop('identities', settings.tickMs / 2, (signal) => refreshIdentities(context, signal));
  const keeping = loop('maintenance', Math.min(settings.tickMs, 30_000), (signal) => runMaintenance(context, signal));
  const showing = new Loop({
    name: 'state of the site',
    everyMs: settings.tickMs / 3,
    tick: () => showSource(context),
    log,
  });
  const loops = [showing, starting, acting, answering, stamping, noticing, looking, keeping];
  return {
    start: () => loops.forEach((each) => each.start()),
    stop: async () => {
      await Promise.all(loops.map((each) => each.stop()));
      await server.drained();
    },
    wake: () => {
      server.lookAgain();
      [acting, answering, stamping].forEach((each) => each.wake());
    },
  };
};
