import type { Clock } from '../clock.js';
import type { Directory } from './directory.js';
import type { Site } from './site.js';

/** One site and one tenant, and the names they go by. */
export interface World {
  name: string;
  seed: number;
  /** Made anew with each world: links that another one handed out mean nothing here. */
  life: string;
  clock: Clock;
  tenantId: string;
  tenantDomain: string;
  site: Site;
  directory: Directory;
}

/** The tenant of every built-in world. */
export const TENANT_ID = '7e57ab1e-0000-4000-8000-000000000001';
export const TENANT_DOMAIN = 'contoso.example';
export const SITE_CODE = 'ABC';
export const SITE_SERVER = 'cm01.contoso.example';
export const NT_DOMAIN = 'CONTOSO';
export const DOMAIN_SID = 'S-1-5-21-1004336348-1177238915-682003330';
