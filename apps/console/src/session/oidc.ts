import type { UserManager } from 'oidc-client-ts';
import type { Schema } from '../api/client.js';
import { session } from '../api/session.js';

export type OidcSignIn = Extract<Schema['SignIn'], { mode: 'oidc' }>;

export const CALLBACK = '/signed-in';
const RETURN_TO = 'collection-sync.return-to';
/** Somebody signed in with this browser and has not signed out: no secret, so it may outlive the tab. */
const SIGNED_IN = 'collection-sync.signed-in';
/** What a provider answers that would have to ask: https://openid.net/specs/openid-connect-core-1_0.html#AuthError */
const WOULD_ASK = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'];

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

/** @param prompt `login` asks who it is though the provider knows somebody; `none` asks nothing, and comes back without a sign-in instead */
export const beginSignIn = async (signIn: OidcSignIn, prompt?: 'login' | 'none'): Promise<void> => {
  sessionStorage.setItem(RETURN_TO, `${location.pathname}${location.search}`);
  await (await managerOf(signIn)).signinRedirect(prompt ? { prompt } : {});
};

/** Whether the provider may know who this is, so that a new tab need not ask. */
export const mayBeKnown = (): boolean => localStorage.getItem(SIGNED_IN) !== null;
export const forgetSignIn = (): void => localStorage.removeItem(SIGNED_IN);

const returnPage = (): string => {
  const page = sessionStorage.getItem(RETURN_TO) ?? '/';
  return page.startsWith(CALLBACK) ? '/' : page;
};

/** Takes the code that the provider sent; answers the page that was asked for before, which asks to sign in if the provider would have to. */
export const endSignIn = async (signIn: OidcSignIn): Promise<string> => {
  forgetSignIn();
  try {
    const user = await (await managerOf(signIn)).signinRedirectCallback();
    session.signIn(user.access_token);
  } catch (error) {
    const { error: code } = Object(error) as { error?: unknown };
    if (!WOULD_ASK.includes(String(code))) throw error;
    return returnPage();
  }
  localStorage.setItem(SIGNED_IN, 'yes');
  return returnPage();
};

/** Renews the sign-in in time, also after the page was loaded anew. */
export const keepSignedIn = async (signIn: OidcSignIn): Promise<void> => {
  await (await managerOf(signIn)).getUser();
};

/** Here and, where it offers that, at the provider: who sits down next is not signed in by one click. */
export const endSession = async (signIn: OidcSignIn): Promise<void> => {
  forgetSignIn();
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
