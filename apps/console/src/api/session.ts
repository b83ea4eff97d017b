const KEY = 'collection-sync.token';

export interface Session {
  readonly token: string | null;
  /** why the token that was used is not accepted */
  readonly refusal: string | null;
}

type Listener = () => void;

/** The bearer token of this tab, and of tabs that it is handed to. It is forgotten with the last of them. */
class SessionStore {
  private state: Session = { token: sessionStorage.getItem(KEY), refusal: null };
  private readonly listeners = new Set<Listener>();

  get = (): Session => this.state;

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  signIn(token: string): void {
    sessionStorage.setItem(KEY, token);
    this.set({ token, refusal: null });
  }

  signOut(): void {
    sessionStorage.removeItem(KEY);
    this.set({ token: null, refusal: null });
  }

  /** @param token the one that was refused: another may have taken its place meanwhile */
  refuse(token: string | null, refusal: string): void {
    if (token === null || this.state.token !== token) return;
    sessionStorage.removeItem(KEY);
    this.set({ token: null, refusal });
  }

  private set(state: Session): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export const session = new SessionStore();
