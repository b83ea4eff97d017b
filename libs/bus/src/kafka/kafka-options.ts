import type { Log, TokenSource } from '@collection-sync/core';

/** How to reach the brokers. */
export interface KafkaConnection {
  /** `host:port` */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** `true` for the system's certificate authorities */
  readonly ssl?: boolean | { ca?: string; cert?: string; key?: string; rejectUnauthorized?: boolean };
  readonly sasl?:
    | {
        readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
        readonly username: string;
        /** asked again at each sign-in */
        readonly password: string | (() => string);
      }
    | {
        readonly mechanism: 'oauthbearer';
        /** whose tokens the brokers take; they come from `tokens` */
        readonly scope: string;
      };
  readonly tokens?: TokenSource;
  /** In front of every topic and group, for several installations on one cluster: `acme.` */
  readonly topicPrefix?: string;
  readonly log: Log;
}
