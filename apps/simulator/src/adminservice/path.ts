import type { Value } from '../odata/filter.js';

export interface ClassPath {
  name: string;
  keys?: Value[];
  count: boolean;
  action?: string;
}

/** Reads `SMS_X`, `SMS_X('k')`, `SMS_X(1)`, `SMS_X(A='k',B=1)`, `SMS_X/k`, `…/$count`, `…/AdminService.Action` and `SMS_X.Method`. */
export function readClassPath(path: string): ClassPath | undefined {
  const segments = path.split('/').filter((segment) => segment !== '');
  const head = /^([\w$]+)(?:\((.*)\))?$/.exec(decodeURIComponent(segments[0] ?? ''));
  if (!head) return staticMethod(segments);
  const read: ClassPath = { name: head[1]!, count: false };
  if (head[2] !== undefined) read.keys = keyValues(head[2]);
  for (const segment of segments.slice(1).map(decodeURIComponent)) {
    if (segment === '$count') read.count = true;
    else if (segment.startsWith('AdminService.')) read.action = segment.slice('AdminService.'.length);
    else if (!read.keys) read.keys = [/^\d+$/.test(segment) ? Number(segment) : segment];
    else return undefined;
  }
  return read;
}

function staticMethod(segments: string[]): ClassPath | undefined {
  const match = /^([\w$]+)\.(\w+)$/.exec(segments[0] ?? '');
  return match && segments.length === 1 ? { name: match[1]!, action: match[2]!, count: false } : undefined;
}

function keyValues(text: string): Value[] {
  const parts = text.match(/(?:\w+=)?(?:'(?:[^']|'')*'|[\w-]+)/g) ?? [];
  return parts.map((part) => {
    const value = part.replace(/^\w+=/, '');
    if (value.startsWith("'")) return value.slice(1, -1).replaceAll("''", "'");
    return /^\d+$/.test(value) ? Number(value) : value;
  });
}
