import type { Simulation } from '../simulation.js';
import type { WmiClass } from './wmi-class.js';

const ID_CASINGS = new Set(['ResourceID', 'ResourceId']);

/** Turns rows into JSON objects: the selected properties, or all of them with the system fields. */
export function renderer<R>(sim: Simulation, wmi: WmiClass<R>, select: string[] | undefined, keyed: boolean) {
  const lazy = new Set(wmi.lazy);
  const switches = sim.adminService;
  const names = (select ?? Object.keys(wmi.properties)).filter(
    (name) => keyed || !lazy.has(name) || switches['shape.lazy'] === 'null',
  );
  const columns = names.map((name) => ({
    shown: shownName(name, switches['shape.idCasing']),
    read: keyed || !lazy.has(name) ? wmi.properties[name]!.read : () => null,
  }));
  const system = select === undefined && switches['shape.systemFields'];
  return (row: R): Record<string, unknown> => {
    const shown: Record<string, unknown> = system ? { '@odata.etag': etag(wmi, row), ...headFields(wmi) } : {};
    for (const { shown: name, read } of columns) shown[name] = read(row);
    return system ? Object.assign(shown, tailFields(sim, wmi, row)) : shown;
  };
}

function shownName(name: string, casing: 'schema' | 'ResourceID' | 'ResourceId'): string {
  return casing !== 'schema' && ID_CASINGS.has(name) ? casing : name;
}

function etag<R>(wmi: WmiClass<R>, row: R): string {
  return wmi.keys.map((key) => String(wmi.properties[key]!.read(row))).join(';');
}

function headFields<R>(wmi: WmiClass<R>): Record<string, unknown> {
  return { __LAZYPROPERTIES: ['__QUALIFIER_SECURITYVERBS', ...wmi.lazy], __QUALIFIER_SECURITYVERBS: -1 };
}

function tailFields<R>(sim: Simulation, wmi: WmiClass<R>, row: R): Record<string, unknown> {
  const { code, server } = sim.world.site;
  const key = wmi.keys.map((name) => {
    const value = wmi.properties[name]!.read(row);
    return typeof value === 'number' ? `${name}=${value}` : `${name}="${String(value)}"`;
  });
  const path = `${wmi.name}.${key.join(',')}`;
  const namespace = `root\\sms\\site_${code}`;
  return {
    __GENUS: 2,
    __CLASS: wmi.name,
    __SUPERCLASS: 'SMS_BaseClass',
    __DYNASTY: 'SMS_BaseClass',
    __RELPATH: path,
    __PROPERTY_COUNT: Object.keys(wmi.properties).length,
    __DERIVATION: ['SMS_BaseClass'],
    __SERVER: server.split('.')[0]!.toUpperCase(),
    __NAMESPACE: namespace,
    __PATH: `\\\\${server}\\${namespace}:${path}`,
  };
}
