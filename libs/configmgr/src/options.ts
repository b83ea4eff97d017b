import type { Renewed } from '@collection-sync/core';
import type { SignIn } from './sign-in/sign-in.js';

export interface AdminServiceOptions {
  /** `https://<SMS Provider>/AdminService`, or the same path behind a cloud management gateway */
  readonly url: string;
  readonly signIn: SignIn;
  /** PEM certificates of the authority that signed the site's certificate; verification is never turned off */
  readonly ca?: Renewed;
  /** time for one request and its answer; at least 10 s, healthy sites exceed 5 s */
  readonly timeoutMs?: number;
  /** attempts for one request that fails without an answer of the site's making */
  readonly attempts?: number;
  /** pause before the second attempt, doubled for each further one */
  readonly firstPauseMs?: number;
  /**
   * requests under way at once. A site serves 200 per client address, which all replicas may share:
   * https://learn.microsoft.com/intune/configmgr/core/plan-design/configs/size-and-scale-numbers
   */
  readonly concurrency?: number;
  /** rows requested in one page */
  readonly pageRows?: number;
}

export const LEAST_TIMEOUT_MS = 10_000;
