#!/usr/bin/env node
// Stands in for the Azure CLI: `az rest` on a directory kept in the file AZ_DIRECTORY, as Microsoft Graph answers for the routes below.
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.env.AZ_DIRECTORY;
const directory = JSON.parse(readFileSync(file, 'utf8'));
const option = (name) => process.argv[process.argv.indexOf(`--${name}`) + 1];
const end = (value) => {
  writeFileSync(file, JSON.stringify(directory));
  if (value !== undefined && value !== null) console.log([value].flat().join('\n'));
  process.exit(0);
};

if (process.argv[2] === 'account') end(directory.tenant);
const [path, search = ''] = option('url').replace('https://graph.microsoft.com/v1.0/', '').split('?');
const [set, id, part] = path.split('/');
const wanted = /\$filter=(\w+) eq '([^']*)'/.exec(search);
const method = option('method');
const kept = directory[set];
const body = method === 'get' ? undefined : JSON.parse(option('body'));
const query = process.argv.includes('--query') ? option('query') : undefined;

if (part === 'appRoleAssignments') {
  const assigned = kept[id].assigned ?? (kept[id].assigned = []);
  if (body) assigned.push(body.appRoleId);
  end(body ? undefined : assigned);
}
if (method === 'post') {
  const made = crypto.randomUUID();
  kept[made] = { appId: crypto.randomUUID(), ...body, id: made };
  end(kept[made][query]);
}
if (method === 'patch') end(void Object.assign(kept[id], body));
if (!wanted) {
  const role = /value=='([^']*)'/.exec(query)?.[1];
  end(role ? kept[id].appRoles.find(({ value }) => value === role)?.id : kept[id][query]);
}
end(Object.values(kept).find((one) => one[wanted[1]] === wanted[2])?.id);
