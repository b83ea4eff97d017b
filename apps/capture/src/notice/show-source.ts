import type { CaptureContext } from '../context.js';
import { sourceState } from '../store/source.js';

const NOT_YET = 'The collections of the site have not been listed yet.';

/** Shows in health how the last listing of any replica went: most of them did not list themselves. */
export const showSource = async ({ database, health }: Pick<CaptureContext, 'database' | 'health'>): Promise<void> => {
  const { state, reason, since, checkedAt } = await sourceState(database);
  health.set('site', {
    state: state === 'ready' ? 'ok' : 'waiting',
    detail: reason ?? (state === 'loading' ? NOT_YET : undefined),
    since: since.toISOString(),
    lastSuccess: checkedAt?.toISOString(),
  });
};
