import { setTimeout as pause } from 'node:timers/promises';
import { unwrap, type Api, type Schemas } from './api.js';
import { CliError, EXIT, type ExitCode } from './exit-codes.js';
import type { TargetPath } from './find.js';
import type { Output } from './output/output.js';

const POLL_MS = 500;

/** Looks again and again until there is something, but not forever. */
export const until = async <T>(
  seconds: number,
  look: () => Promise<T | undefined>,
  late: () => CliError,
): Promise<T> => {
  for (const end = Date.now() + seconds * 1_000; ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() >= end) throw late();
    await pause(POLL_MS);
  }
};

/** What became of a command. @throws CliError when it was refused, came too late, or nobody answered in time */
export const answered = (api: Api, id: string, seconds: number): Promise<Schemas['Command']> =>
  until(
    seconds,
    async () => {
      const command = await unwrap(api.GET('/api/v1/commands/{id}', { params: { path: { id } } }));
      if (command.state === 'refused' || command.state === 'expired')
        throw new CliError(command.message ?? `The command was ${command.state}.`, EXIT.conflict);
      return command.state === 'accepted' ? command : undefined;
    },
    () => tooLate(seconds, `The command ${id} was not answered`, 'collsync doctor tells whether the services run.'),
  );

export const tooLate = (seconds: number, what: string, advice: string): CliError =>
  new CliError(`${what} within ${seconds} s.`, EXIT.timeout, advice);

export const readTarget = (api: Api, path: TargetPath): Promise<Schemas['Target']> =>
  unwrap(api.GET('/api/v1/targets/{tenant}/{group}', { params: { path } }));

/** Nothing is under way or due. */
export const isConverged = ({ row, run, capturedVersion, mergedVersion }: Schemas['Target']): boolean =>
  run === null &&
  row.syncInProgress === 0 &&
  row.syncRemoving === 0 &&
  capturedVersion <= mergedVersion &&
  row.cloudSyncStatus !== 'In Progress';

/** The read of a command may begin a moment before the command has its time. */
const SKEW_MS = 2_000;

/** Whether the cycle that a command asked for is over, compared with how the target was before. */
export const isServed = (
  before: Schemas['Target'],
  command: Schemas['Command'],
  target: Schemas['Target'],
): boolean => {
  const changed = (field: 'lastSyncTime' | 'lastFullSyncTime'): boolean => target.row[field] !== before.row[field];
  const { problem } = target.row;
  if (problem !== null && target.run === null)
    return problem.since !== before.row.problem?.since || changed('lastSyncTime');
  if (!isConverged(target)) return false;
  if (command.kind === 'full') return changed('lastFullSyncTime');
  const read = Date.parse(target.freshness.captured.at ?? '');
  return changed('lastSyncTime') && read >= Date.parse(command.issuedAt) - SKEW_MS;
};

const progressOf = ({ row, run, captureProblem }: Schemas['Target']): string => {
  if (captureProblem) return `The collection cannot be read: ${captureProblem.message} ${captureProblem.advice}`;
  const { memberCount, syncCompleted, syncInProgress, syncRemoving, syncWaiting, syncFailed, syncHeld } = row;
  const parts = [
    `${syncCompleted} of ${memberCount} members done`,
    ...(syncInProgress ? [`${syncInProgress} to join`] : []),
    ...(syncRemoving ? [`${syncRemoving} to leave`] : []),
    ...(syncWaiting ? [`${syncWaiting} waiting for their Entra record`] : []),
    ...(syncFailed ? [`${syncFailed} failed`] : []),
    ...(syncHeld ? [`${syncHeld} removals held`] : []),
  ];
  return `${run ? `${run.kind} run` : (row.cloudSyncStatus ?? '')}: ${parts.join(', ')}`;
};

/** Waits until a target is as wanted, saying how far it is. */
export const whenTarget = async (
  { api, output, path, seconds }: { api: Api; output: Output; path: TargetPath; seconds: number },
  isWanted: (target: Schemas['Target']) => boolean,
): Promise<Schemas['Target']> => {
  let last: Schemas['Target'] | undefined;
  return until(
    seconds,
    async () => {
      last = await readTarget(api, path);
      output.progress(progressOf(last));
      return isWanted(last) ? last : undefined;
    },
    () =>
      tooLate(
        seconds,
        `${last?.row.groupName ?? 'The target'} was not done`,
        last ? progressOf(last) : 'collsync status shows it.',
      ),
  );
};

/** Failed and held members need somebody; waiting ones do not. */
export const codeOfRow = (row: Schemas['CollectionRow']): ExitCode => {
  if (row.problem !== null) return EXIT.failed;
  return row.syncFailed > 0 || row.syncHeld > 0 || row.cloudSyncStatus === 'Stale' ? EXIT.differs : EXIT.ok;
};
