import createClient from 'openapi-fetch';
import { session } from './session.js';
import { problemOf } from './problem.js';
import type { components, paths } from '@collection-sync/api';

/** A token that is not accepted ends the session of this tab, which then says why. */
export const noteRefusal = async (token: string | null, response: Response): Promise<void> => {
  if (response.status !== 401) return;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  session.refuse(token, problemOf(401, body).message);
};

export type Schema = components['schemas'];

export const api = createClient<paths>({ baseUrl: '' });

api.use({
  onRequest: ({ request }) => {
    const { token } = session.get();
    if (token) request.headers.set('authorization', `Bearer ${token}`);
    return request;
  },
  onResponse: ({ request, response }) =>
    noteRefusal(request.headers.get('authorization')?.slice('Bearer '.length) ?? null, response),
});

interface Answer<T> {
  data?: T | undefined;
  error?: unknown;
  response: Response;
}

/** What the API answered. @throws ApiProblem */
export const answerOf = async <T>(asked: Promise<Answer<T>>): Promise<T> => {
  const { data, error, response } = await asked;
  if (!response.ok) throw problemOf(response.status, error);
  return data as T;
};

export const splitTarget = (target: string): { tenant: string; group: string } => {
  const [tenant = '', group = ''] = target.split('/');
  return { tenant, group };
};
