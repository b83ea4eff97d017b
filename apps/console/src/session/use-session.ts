import { useSyncExternalStore } from 'react';
import { session, type Session } from '../api/session.js';

export const useSession = (): Session => useSyncExternalStore(session.subscribe, session.get);
