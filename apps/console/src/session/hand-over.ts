import { session } from '../api/session.js';

type Message =
  { readonly kind: 'asked' } | { readonly kind: 'given'; readonly token: string } | { readonly kind: 'signed out' };

/** Reaches the tabs of this console, of this browser profile, alone: never another site, never the disk. */
const CHANNEL = 'collection-sync.session';

/**
 * A new tab asks the open ones for the token that they are signed in with, so that nobody types it again; who signs out in one is signed out
 * in all. With `gives` false a tab neither asks nor gives: an account at a provider signs in there, each tab for itself.
 */
export const joinTabs = (gives: boolean): (() => void) => {
  const channel = new BroadcastChannel(CHANNEL);
  const say = (message: Message): void => channel.postMessage(message);
  channel.onmessage = ({ data }: MessageEvent<Message>): void => {
    const { token } = session.get();
    if (data.kind === 'signed out') session.signOut();
    else if (gives && data.kind === 'given' && token === null) session.signIn(data.token);
    else if (gives && data.kind === 'asked' && token !== null) say({ kind: 'given', token });
  };
  const { token, refusal } = session.get();
  if (gives && token === null && refusal === null) say({ kind: 'asked' });
  return () => channel.close();
};

/** Tells the other tabs. */
export const signOutOfTabs = (): void => {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ kind: 'signed out' } satisfies Message);
  channel.close();
};
