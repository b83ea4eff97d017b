const KEY = 'collection-sync.token';

export interface Session {
  readonly token: string | null;
  /** a token that worked does not any more */
  readonly expired: boolean;
}

type Listener = () => void;

/** The bearer token of this tab. It is forgotten with the tab. */
class SessionStore {
  private state: Session = { token: sessionStorage.getItem(KEY), expired: false };
  private readonly listeners = new Set<Listener>();

  get = (): Session => this.state;

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  signIn(token: string): void {
    sessionStorage.setItem(KEY, token);
    this.set({ token, expired: false });
  }

  signOut(): void {
    sessionStorage.removeItem(KEY);
    this.set({ token: null, expired: false });
  }

  expire(): void {
    if (this.state.token === null) return;
    sessionStorage.removeItem(KEY);
    this.set({ token: null, expired: true });
  }

  private set(state: Session): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export const session = new SessionStore();
