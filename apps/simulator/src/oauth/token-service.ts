import { answer, type Answer, type Call } from '../http/answer.js';
import { CLOUD_ROOTS } from '../graph/reference.js';
import type { Simulation } from '../simulation.js';
import { AccessTokens } from './access-tokens.js';
import type { AppRegistry } from './app-registry.js';
import { checkCredential } from './client-credentials.js';
import { SigningKeys } from './signing-keys.js';
import { refusalOf, TokenRefusal } from './token-error.js';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache' };

/**
 * Stores in Azure, which every tenant may ask tokens for:
 * https://learn.microsoft.com/azure/event-hubs/authorize-access-azure-active-directory,
 * https://learn.microsoft.com/azure/postgresql/security/security-entra-concepts,
 * https://learn.microsoft.com/azure/redis/entra-for-authentication
 */
const STORES = ['https://eventhubs.azure.net', 'https://ossrdbms-aad.database.windows.net', 'https://redis.azure.com'];

/** The tenant's token service: discovery documents and the token endpoint for client credentials. */
export class TokenService {
  readonly tokens: AccessTokens;

  constructor(
    private readonly sim: Simulation,
    readonly apps: AppRegistry,
    readonly keys = new SigningKeys(),
  ) {
    this.tokens = new AccessTokens(sim, keys);
  }

  /** Answers paths below the authority: `/{tenant}/oauth2/v2.0/token` and the discovery documents. */
  async handle(call: Call): Promise<Answer> {
    try {
      const fault = this.sim.faults.strike({ face: 'oauth', method: call.method, url: call.path });
      if (fault) {
        await this.sim.clock.wait(fault.delayMs);
        const note = { fault: fault.id };
        if (fault.wire) return { ...answer(fault.status ?? 200), wire: fault.wire, note };
        if (fault.status)
          return answer(
            fault.status,
            { error: fault.code ?? 'server_error', error_description: fault.message ?? '' },
            { ...JSON_TYPE, ...fault.headers },
            note,
          );
      }
      return await this.#route(call);
    } catch (error) {
      if (error instanceof TokenRefusal) return refusalOf(error);
      throw error;
    }
  }

  async #route(call: Call): Promise<Answer> {
    const [tenant = '', ...rest] = call.path.split('/').slice(1);
    const path = rest.join('/');
    if (path === 'discovery/instance') return this.#instance(call);
    this.#mustBeTenant(tenant);
    if (path === 'v2.0/.well-known/openid-configuration') return this.#openid(call, tenant);
    if (path === 'discovery/v2.0/keys') {
      await this.keys.current();
      return answer(200, this.keys.jwks(), JSON_TYPE);
    }
    if (path === 'oauth2/v2.0/token' && call.method === 'POST') return this.#token(call, tenant);
    return answer(404, { error: 'not_found' }, JSON_TYPE);
  }

  #mustBeTenant(tenant: string): void {
    const known = [this.sim.world.tenantId, this.sim.world.tenantDomain];
    if (known.includes(tenant.toLowerCase())) return;
    throw new TokenRefusal(
      400,
      'invalid_request',
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
    );
  }

  #openid(call: Call, tenant: string): Answer {
    const root = `${call.root}/${tenant}`;
    const document = {
      token_endpoint: `${root}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${root}/discovery/v2.0/keys`,
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      issuer: `${root}/v2.0`,
      authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${root}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${root}/oauth2/v2.0/logout`,
      tenant_region_scope: 'EU',
      cloud_instance_name: 'microsoftonline.com',
      cloud_graph_host_name: 'graph.windows.net',
      msgraph_host: 'graph.microsoft.com',
    };
    return answer(200, document, JSON_TYPE);
  }

  #instance(call: Call): Answer {
    const host = new URL(call.root).host;
    const asked = call.query.get('authorization_endpoint') ?? `https://${host}/common/oauth2/v2.0/authorize`;
    const tenant = new URL(asked).pathname.split('/')[1] ?? 'common';
    const document = {
      tenant_discovery_endpoint: `${call.root}/${tenant}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    };
    return answer(200, document, JSON_TYPE);
  }

  async #token(call: Call, tenant: string): Promise<Answer> {
    const form = new URLSearchParams(call.body);
    const clientId = form.get('client_id') ?? '';
    if (form.get('grant_type') !== 'client_credentials') {
      throw new TokenRefusal(400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.');
    }
    const app = this.apps.find(clientId);
    if (!app) {
      throw new TokenRefusal(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${clientId}' was not found in the directory '${tenant}'.`,
      );
    }
    const endpoints = [`${call.root}/${tenant}/oauth2/v2.0/token`, `${call.root}/${tenant}/v2.0`];
    const presented = {
      secret: form.get('client_secret') ?? undefined,
      assertion: form.get('client_assertion') ?? undefined,
      assertionType: form.get('client_assertion_type') ?? undefined,
    };
    await checkCredential(app, presented, endpoints, new Date(this.sim.clock.now()));
    const { token, expiresIn } = await this.tokens.issue(app, this.#audience(form.get('scope') ?? '', call));
    return answer(
      200,
      { token_type: 'Bearer', expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token },
      JSON_TYPE,
      { named: [clientId] },
    );
  }

  /** The resource of a `…/.default` scope; only resources that the tenant knows. */
  #audience(scope: string, call: Call): string {
    const resource = /^(\S+)\/\.default$/
      .exec(scope.split(' ').find((part) => part.endsWith('/.default')) ?? '')?.[1]
      ?.replace(/\/$/, '');
    if (!resource)
      throw new TokenRefusal(
        400,
        'invalid_scope',
        1002012,
        `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
      );
    const known = [
      ...Object.values(CLOUD_ROOTS),
      `${call.root}/graph`,
      ...STORES,
      'https://management.azure.com',
      'https://ConfigMgrService',
    ];
    if (known.includes(resource)) return resource;
    throw new TokenRefusal(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${resource} was not found in the tenant.`,
    );
  }
}
