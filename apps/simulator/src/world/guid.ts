import { mix } from '../random.js';

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
const GUID = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})([0-9a-f]{8})\}?$/i;

export type GuidWords = readonly [number, number, number, number];

export function isGuid(text: string): boolean {
  return GUID.test(text);
}

export function parseGuid(text: string): GuidWords | undefined {
  const m = GUID.exec(text);
  if (!m) return undefined;
  return [
    Number.parseInt(m[1]!, 16),
    Number.parseInt(m[2]! + m[3]!, 16),
    Number.parseInt(m[4]! + m[5]!, 16),
    Number.parseInt(m[6]!, 16),
  ];
}

const four = (w: number) => HEX[w >>> 24]! + HEX[(w >>> 16) & 255]!;
const low = (w: number) => HEX[(w >>> 8) & 255]! + HEX[w & 255]!;

export function formatGuid(a: number, b: number, c: number, d: number): string {
  return `${four(a)}${low(a)}-${four(b)}-${low(b)}-${four(c)}-${low(c)}${four(d)}${low(d)}`;
}

/** A version 4 shaped GUID that depends on its arguments alone. */
export function derivedGuid(seed: number, kind: number, index: number): GuidWords {
  const a = mix(mix(seed) ^ mix(kind * 0x1000193 + 1) ^ mix(index + 0x51ed27));
  const b = mix(a ^ Math.imul(index, 0x9e3779b1));
  const c = mix(b ^ Math.imul(kind + 7, 0x85ebca77) ^ index);
  const d = mix(c ^ seed ^ Math.imul(index, 0xc2b2ae3d));
  return [a, ((b & 0xffff0fff) | 0x4000) >>> 0, ((c & 0x3fffffff) | 0x80000000) >>> 0, d];
}

export function derivedGuidText(seed: number, kind: number, index: number): string {
  return formatGuid(...derivedGuid(seed, kind, index));
}
