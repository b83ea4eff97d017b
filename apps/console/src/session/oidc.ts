import type { UserManager } from 'oidc-client-ts';
import type { Schema } from '../api/client.js';
import { session } from './session.js';

export type OidcSignIn = Extract<Schema['SignIn'], { mode: 'oidc' }>;

export const CALLBACK = '/signed-in';
const RETURN_TO = 'collection-sync.return-to';

let manager: Promise<UserManager> | undefined;

/** Authorization code with PKCE. The library is loaded only where it is needed. */
const managerOf = (signIn: OidcSignIn): Promise<UserManager> =>
  (manager ??= import('oidc-client-ts').then(({ UserManager, WebStorageStateStore }) => {
    const made = new UserManager({
      authority: signIn.issuer,
      client_id: signIn.clientId ?? '',
      redirect_uri: `${location.origin}${CALLBACK}`,
      post_logout_redirect_uri: location.origin,
      scope: signIn.scope,
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      automaticSilentRenew: true,
    });
    made.events.addUserLoaded((user) => session.signIn(user.access_token));
    return made;
  }));

export const beginSignIn = async (signIn: OidcSignIn): Promise<void> => {
  sessionStorage.setItem(RETURN_TO, `${location.pathname}${location.search}`);
  await (await managerOf(signIn)).signinRedirect();
};

/** Takes the code that the provider sent; answers the page that was asked for before. */
export const endSignIn = async (signIn: OidcSignIn): Promise<string> => {
  const user = await (await managerOf(signIn)).signinRedirectCallback();
  session.signIn(user.access_token);
  const page = sessionStorage.getItem(RETURN_TO) ?? '/';
  return page.startsWith(CALLBACK) ? '/' : page;
};
