import { unwrap, type Api, type Schemas } from './api.js';
import { tooLate, until } from './converged.js';
import type { TargetPath } from './find.js';

/** An answer is waited for no longer than a minute by the service itself. */
const SECONDS = 90;

/** What the site and the directory answer about one device or user. @throws CliError */
export const lookUpOf = async (
  api: Api,
  path: TargetPath,
  named: { readonly name: string } | { readonly resourceId: number },
): Promise<Schemas['LookUp']> => {
  const { id } = await unwrap(api.POST('/api/v1/targets/{tenant}/{group}/look-ups', { params: { path }, body: named }));
  return until(
    SECONDS,
    async () => {
      const lookUp = await unwrap(api.GET('/api/v1/look-ups/{id}', { params: { path: { id } } }));
      return lookUp.state === 'asking' ? undefined : lookUp;
    },
    () => tooLate(SECONDS, `The look-up ${id} was not answered`, 'collsync status tells which service is away.'),
  );
};
