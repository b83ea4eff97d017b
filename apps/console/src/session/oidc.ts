import type { UserManager } from 'oidc-client-ts';
import type { Schema } from '../api/client.js';
import { session } from '../api/session.js';

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
      automaticSilentRenew: false,
    });
    made.events.addUserLoaded((user) => session.signIn(user.access_token));
    made.events.addAccessTokenExpiring(() => void renew(made));
    return made;
  }));

/** By a refresh token alone: nothing may frame this page. Without one the reader signs in again when the token has ended. */
const renew = async (made: UserManager): Promise<void> => {
  const user = await made.getUser();
  if (user?.refresh_token) await made.signinSilent().catch(() => undefined);
};

/** @param asOther asks who it is, though the provider knows somebody */
export const beginSignIn = async (signIn: OidcSignIn, asOther = false): Promise<void> => {
  sessionStorage.setItem(RETURN_TO, `${location.pathname}${location.search}`);
  await (await managerOf(signIn)).signinRedirect(asOther ? { prompt: 'login' } : {});
};

/** Takes the code that the provider sent; answers the page that was asked for before. */
export const endSignIn = async (signIn: OidcSignIn): Promise<string> => {
  const user = await (await managerOf(signIn)).signinRedirectCallback();
  session.signIn(user.access_token);
  const page = sessionStorage.getItem(RETURN_TO) ?? '/';
  return page.startsWith(CALLBACK) ? '/' : page;
};

/** Renews the sign-in in time, also after the page was loaded anew. */
export const keepSignedIn = async (signIn: OidcSignIn): Promise<void> => {
  await (await managerOf(signIn)).getUser();
};

/** Here and, where it offers that, at the provider: who sits down next is not signed in by one click. */
export const endSession = async (signIn: OidcSignIn): Promise<void> => {
  const made = await managerOf(signIn);
  const atProvider = await made.metadataService.getEndSessionEndpoint().catch(() => undefined);
  const left =
    atProvider !== undefined &&
    (await made.signoutRedirect().then(
      () => true,
      () => false,
    ));
  if (!left) await made.removeUser();
};
