import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { answer, type Answer, type Call } from '../http/answer.js';
import type { Simulation } from '../simulation.js';
import { acceptNegotiate } from './kerberos.js';
import { ntlmChallenge, ntlmType } from './ntlm.js';

export interface Admission {
  /** Set when the request may go on. */
  principal?: string;
  /** Headers for the answer of an admitted request. */
  headers?: Record<string, string>;
  refusal?: Answer;
}

/** Windows authentication in front of the AdminService: asked for on every request, whatever the connection did before. */
export class AdminServiceAuthentication {
  readonly #known = new WeakMap<Socket, string>();
  readonly #challenged = new WeakSet<Socket>();

  constructor(
    private readonly sim: Simulation,
    private readonly bearer: (token: string) => Promise<string | undefined>,
  ) {}

  async admit(call: Call, socket: Socket): Promise<Admission> {
    const switches = this.sim.adminService;
    if (switches['auth.mode'] === 'none') return { principal: 'anonymous' };
    const remembered = this.#known.get(socket);
    if (remembered && !switches['auth.everyRequest']) return { principal: remembered };
    const [scheme = '', token = ''] = (call.headers['authorization'] ?? '').split(/\s+/);
    if (token === '' || switches['auth.rejectToken']) return { refusal: this.#unauthorized() };
    const admission = await this.#check(scheme.toLowerCase(), token, socket);
    if (admission.principal) this.#known.set(socket, admission.principal);
    return admission;
  }

  async #check(scheme: string, token: string, socket: Socket): Promise<Admission> {
    const switches = this.sim.adminService;
    const mode = switches['auth.mode'];
    if (mode === 'bearer') {
      const principal = scheme === 'bearer' ? await this.bearer(token) : undefined;
      return principal ? { principal } : { refusal: this.#unauthorized() };
    }
    if ((scheme === 'negotiate' || scheme === 'ntlm') && ntlmType(token) > 0) return this.#ntlm(scheme, token, socket);
    if (scheme !== 'negotiate') return { refusal: this.#unauthorized() };
    const accepted = await acceptNegotiate(token);
    if (!accepted) return { refusal: this.#unauthorized() };
    return {
      principal: accepted.principal,
      headers: accepted.reply ? { 'www-authenticate': `Negotiate ${accepted.reply}` } : {},
    };
  }

  /** Three legs bound to one connection; the proof in the third is not checked. */
  #ntlm(scheme: string, token: string, socket: Socket): Admission {
    if (!this.sim.adminService['auth.ntlmLegs']) return { refusal: this.#unauthorized() };
    if (ntlmType(token) === 1) {
      this.#challenged.add(socket);
      return {
        refusal: this.#unauthorized(`${scheme === 'ntlm' ? 'NTLM' : 'Negotiate'} ${ntlmChallenge(randomBytes(8))}`),
      };
    }
    if (ntlmType(token) !== 3 || !this.#challenged.has(socket)) return { refusal: this.#unauthorized() };
    this.#challenged.delete(socket);
    return { principal: 'ntlm' };
  }

  #unauthorized(challenge?: string): Answer {
    const { 'auth.mode': mode, 'auth.ntlmLegs': ntlm } = this.sim.adminService;
    const offered = mode === 'bearer' ? 'Bearer' : ntlm ? 'Negotiate, NTLM' : 'Negotiate';
    return answer(401, '', { 'www-authenticate': challenge ?? offered, 'content-type': 'text/html' });
  }
}
