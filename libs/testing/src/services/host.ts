/** What a service runs in: a program of this machine or a container. All it knows about itself can be written to a file and read by another process. */
export interface Host {
  /** Starts it, again after the first time; it may not answer yet when this resolves. */
  start(): Promise<void>;
  /** Ends it in an orderly way. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Freezes it: it keeps its connections and does nothing. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends it and deletes what is outside its folder. */
  remove(): Promise<void>;
  /** The process id as this machine sees it; undefined when it does not run. */
  pid(): number | undefined;
  running(): Promise<boolean>;
  /** The end of its log. */
  logTail(): Promise<string>;
  describe(): HostDescription;
}

export type HostDescription = ProgramDescription | ContainerDescription;

export interface ProgramDescription {
  kind: 'program';
  command: string;
  args: string[];
  /** Who it runs as; the user of this process when missing. */
  user?: { uid: number; gid: number };
  env?: Record<string, string>;
  log: string;
  stopSignal: NodeJS.Signals;
  process?: { pid: number; startedAt: string };
}

export interface ContainerDescription {
  kind: 'container';
  image: string;
  name: string;
  /** Arguments of `docker run` before the image and after it. */
  options: string[];
  command: string[];
  pid?: number;
}
