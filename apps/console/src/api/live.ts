import { EventSourceParserStream } from 'eventsource-parser/stream';
import { session } from './session.js';
import { noteRefusal } from './client.js';

export type LiveState = 'connecting' | 'live' | 'lost';

interface Change {
  readonly kind: string;
  readonly key: string;
}

/** The service says something every 15 s, so this long a silence is a lost connection. */
const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

interface Listener {
  state(state: LiveState): void;
  /** the stream (again) tells everything from now on; what came before may have been missed */
  connected(): void;
  change(change: Change): void;
}

/** Follows the event stream until `signal`, taking it up again whenever it is lost. */
export const followChanges = async (listener: Listener, signal: AbortSignal): Promise<void> => {
  let wait = FIRST_WAIT_MS;
  listener.state('connecting');
  while (!signal.aborted) {
    const heard = await listen(listener, signal).catch(() => false);
    if (signal.aborted) return;
    wait = heard ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS);
    listener.state('lost');
    await pause(wait, signal);
  }
};

const listen = async (listener: Listener, signal: AbortSignal): Promise<boolean> => {
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const awaitSound = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  awaitSound();
  let heard = false;
  try {
    const { token } = session.get();
    const response = await fetch('/api/v1/events', {
      headers: { authorization: `Bearer ${token ?? ''}`, accept: 'text/event-stream' },
      signal: AbortSignal.any([signal, silence.signal]),
    });
    await noteRefusal(token, response);
    if (!response.ok || !response.body) return false;
    const events = response.body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
      .getReader();
    for (;;) {
      const { done, value } = await events.read();
      if (done) return heard;
      awaitSound();
      heard = true;
      if (value.event === 'hello') {
        listener.state('live');
        listener.connected();
      } else if (value.event !== 'heartbeat') listener.change(JSON.parse(value.data) as Change);
    }
  } finally {
    clearTimeout(timer);
  }
};

/** Ends early, without an error, when the signal says so. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
