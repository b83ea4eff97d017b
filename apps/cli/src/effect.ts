import { unwrap, type Api, type Schemas } from './api.js';
import { CliError, EXIT } from './exit-codes.js';
import type { TargetPath } from './find.js';
import { tooLate, until } from './converged.js';

/** What a full run of a collection would do to a group. @throws CliError */
export const previewOf = async (
  api: Api,
  path: TargetPath,
  collectionId: string,
  seconds: number,
): Promise<Schemas['Preview']> => {
  const { id } = await unwrap(
    api.POST('/api/v1/targets/{tenant}/{group}/preview', { params: { path }, body: { collectionId } }),
  );
  return until(
    seconds,
    async () => {
      const answer = await api.GET('/api/v1/previews/{id}', { params: { path: { id } } });
      if (answer.data?.complete) return answer.data;
      if (!answer.data && answer.response.status !== 404) await unwrap(Promise.resolve(answer));
      const command = await unwrap(api.GET('/api/v1/commands/{id}', { params: { path: { id } } }));
      if (command.state === 'refused') throw new CliError(command.message ?? 'The preview was refused.', EXIT.conflict);
      return undefined;
    },
    () =>
      tooLate(
        seconds,
        `The preview ${id} was not ready`,
        'collsync status tells whether site and directory can be read.',
      ),
  );
};

export const effectWords = ({ add, remove, keep, unresolved, wouldHold }: Schemas['Preview']): string =>
  `${add} to add, ${remove} to remove, ${keep} to keep, ${unresolved} without a directory object.` +
  (wouldHold ? ' The guard would hold the removals.' : '');
