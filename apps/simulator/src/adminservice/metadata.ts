import { answer, type Answer } from '../http/answer.js';
import type { WmiClass } from './wmi-class.js';

/** The OData `$metadata` document of the WMI route. */
export function metadata(classes: WmiClass<never>[]): Answer {
  const types = classes.map((wmi) => {
    const keys = wmi.keys.map((key) => `<PropertyRef Name="${key}"/>`).join('');
    const properties = Object.entries(wmi.properties)
      .map(
        ([name, { type }]) =>
          `<Property Name="${name}" Type="${type}"${wmi.keys.includes(name) ? ' Nullable="false"' : ''}/>`,
      )
      .join('');
    return `<EntityType Name="${wmi.name}">${keys && `<Key>${keys}</Key>`}${properties}</EntityType>`;
  });
  const sets = classes.map((wmi) => `<EntitySet Name="${wmi.name}" EntityType="AdminService.${wmi.name}"/>`);
  const xml = `<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="AdminService" xmlns="http://docs.oasis-open.org/odata/ns/edm">${types.join('')}<EntityContainer Name="Container">${sets.join('')}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`;
  return answer(200, xml, { 'content-type': 'application/xml' });
}
