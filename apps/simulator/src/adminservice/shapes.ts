import { isoFraction, isoSeconds } from '../clock.js';
import type { Simulation } from '../simulation.js';
import type { ResourceTable } from '../world/resource-table.js';
import { derive } from '../world/populate.js';

const YEAR_1990 = Date.UTC(1990, 0, 1);
const ZERO = '00000000-0000-0000-0000-000000000000';

/** A site time as the AdminService prints it: with the site's clock, and never-dates as they are. */
export function siteDate(sim: Simulation, ms: number): string | null {
  if (ms < YEAR_1990) return sim.adminService['data.neverDates'] ? isoSeconds(ms) : null;
  const shown = ms + sim.adminService['clock.skew'];
  return sim.adminService['shape.fractions'] ? isoFraction(shown) : isoSeconds(shown);
}

/** The site's time for the `Date` header. */
export function siteTime(sim: Simulation): string {
  return new Date(sim.clock.now() + sim.adminService['clock.skew']).toUTCString();
}

/** An Entra id of a resource, or one of the spellings of having none. */
export function entraId(sim: Simulation, resourceId: number, id: string | undefined): string | null | undefined {
  if (id !== undefined) {
    const spelt = sim.adminService['shape.upperIds'] ? id.toUpperCase() : id;
    return sim.adminService['shape.braces'] ? `{${spelt}}` : spelt;
  }
  const form = sim.adminService['shape.nullIds'];
  const forms = ['null', 'missing', 'empty', 'zero'] as const;
  switch (form === 'mixed' ? forms[resourceId % forms.length] : form) {
    case 'missing':
      return undefined;
    case 'empty':
      return '';
    case 'zero':
      return ZERO;
    default:
      return null;
  }
}

export function nameOf(sim: Simulation, table: ResourceTable, resourceId: number): string | null {
  const every = sim.adminService['shape.nullNames'];
  if (every > 0 && resourceId % every === 0) return null;
  return table.names.get(resourceId - table.base) ?? null;
}

export function tenantOf(sim: Simulation, table: ResourceTable, resourceId: number): string | null | undefined {
  const tenant = sim.world.site.tenants[table.tenants.get(resourceId - table.base)];
  return entraId(sim, resourceId, tenant || undefined);
}

export function smsId(sim: Simulation, resourceId: number): string {
  return `GUID:${derive(sim.world, 'smsId', resourceId).toUpperCase()}`;
}
