import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedGuidText } from './guid.js';
import { GuidTable } from './guid-table.js';

describe('GuidTable', () => {
  it('finds what was set last, in both directions', () => {
    const row = fc.integer({ min: 0, max: 40 });
    const guid = fc.uuid();
    const steps = fc.array(fc.tuple(row, fc.option(guid)), { maxLength: 120 });
    fc.assert(
      fc.property(steps, (taken) => {
        const table = new GuidTable(true, 1);
        const model = new Map<number, string>();
        for (const [at, text] of taken) {
          if (text === null) {
            table.clear(at);
            model.delete(at);
          } else if (![...model.values()].includes(text)) {
            table.set(at, text);
            model.set(at, text);
          }
        }
        for (let at = 0; at <= 40; at += 1) expect(table.get(at)).toBe(model.get(at));
        for (const [at, text] of model) expect(table.find(text.toUpperCase())).toBe(at);
        for (const [, text] of taken) {
          if (text !== null && ![...model.values()].includes(text)) expect(table.find(text)).toBe(-1);
        }
      }),
    );
  });

  it('derived ids are distinct, valid and the same every time', () => {
    const ids = new Set<string>();
    for (let kind = 1; kind <= 3; kind += 1) for (let i = 0; i < 50_000; i += 1) ids.add(derivedGuidText(1, kind, i));
    expect(ids.size).toBe(150_000);
    expect(
      [...ids].every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
    expect(derivedGuidText(1, 2, 3)).toBe(derivedGuidText(1, 2, 3));
    expect(derivedGuidText(2, 2, 3)).not.toBe(derivedGuidText(1, 2, 3));
  });
});
