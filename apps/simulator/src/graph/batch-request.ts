import { refuse } from './graph-error.js';

export interface BatchPart {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  dependsOn: string[];
  priority?: string;
}

const MOST_PARTS = 20;
const METHODS = new Set(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']);

const bad = (message: string) => refuse.badRequest(message, 'BadRequest');

/** Reads a `$batch` body; a malformed one is refused as a whole. Source: learn.microsoft.com/graph/json-batching */
export function readBatch(text: string): BatchPart[] {
  const requests = (parse(text) as { requests?: unknown } | null)?.requests;
  if (!Array.isArray(requests)) throw bad("Invalid batch payload format: the property 'requests' is missing.");
  if (requests.length > MOST_PARTS) throw bad('Number of requests inside batch exceed the limit.');
  const parts = requests.map(readPart);
  const seen = new Set<string>();
  for (const { id } of parts) {
    if (seen.has(id.toLowerCase())) throw bad(`Batch request id '${id}' is not unique.`);
    seen.add(id.toLowerCase());
  }
  checkDependencies(parts);
  return parts;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
}

function readPart(request: unknown): BatchPart {
  if (typeof request !== 'object' || request === null) throw bad('Invalid batch payload format.');
  const { id, method, url, headers = {}, body, dependsOn = [] } = request as Record<string, unknown>;
  if (typeof id !== 'string' || id === '')
    throw bad("Invalid batch payload format: every request needs a string 'id'.");
  if (typeof method !== 'string' || !METHODS.has(method.toUpperCase()))
    throw bad(`Request '${id}' has no valid method.`);
  if (typeof url !== 'string') throw bad(`Request '${id}' needs a url.`);
  const lower = lowerCased(headers);
  if (body !== undefined && !lower['content-type']) {
    throw bad(`Request '${id}' has a body but no Content-Type header.`);
  }
  if (!Array.isArray(dependsOn) || dependsOn.some((item) => typeof item !== 'string')) {
    throw bad(`Request '${id}' has an invalid dependsOn.`);
  }
  const part: BatchPart = {
    id,
    method: method.toUpperCase(),
    url,
    headers: lower,
    body: bodyText(body),
    dependsOn: dependsOn as string[],
  };
  return lower['x-ms-throttle-priority'] ? { ...part, priority: lower['x-ms-throttle-priority'] } : part;
}

function lowerCased(headers: unknown): Record<string, string> {
  if (typeof headers !== 'object' || headers === null) return {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function bodyText(body: unknown): string {
  if (body === undefined || body === null) return '';
  return typeof body === 'string' ? Buffer.from(body, 'base64url').toString() : JSON.stringify(body);
}

/** All parallel, strictly serial, or all on the same one; a part depends on one other at most. */
function checkDependencies(parts: BatchPart[]): void {
  const ids = parts.map((part) => part.id);
  const dependent = parts.filter((part) => part.dependsOn.length > 0);
  for (const part of dependent) {
    if (part.dependsOn.length > 1) throw bad(`Request '${part.id}' depends on more than one request.`);
    if (!ids.includes(part.dependsOn[0]!)) throw bad(`Request '${part.id}' depends on an unknown request.`);
  }
  if (dependent.length === 0) return;
  const serial = parts.every((part, i) => (i === 0 ? part.dependsOn.length === 0 : part.dependsOn[0] === ids[i - 1]));
  const shared =
    new Set(dependent.map((part) => part.dependsOn[0])).size === 1 && dependent.length === parts.length - 1;
  if (!serial && !shared)
    throw bad('Invalid dependsOn: requests must be parallel, strictly serial, or depend on the same request.');
}
