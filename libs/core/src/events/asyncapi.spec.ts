import { expect, it } from 'vitest';
import { asyncApi } from './asyncapi.js';
import { TOPICS } from './topics.js';

it('describes every topic with the schema of its body', () => {
  const document = asyncApi('1.0.0') as {
    channels: Record<string, { address: string }>;
    components: { schemas: Record<string, { type?: string; oneOf?: unknown[]; properties?: object }> };
  };
  expect(
    Object.values(document.channels)
      .map((channel) => channel.address)
      .sort(),
  ).toEqual([...Object.values(TOPICS)].sort());
  expect(document.components.schemas['mapping']?.properties).toHaveProperty('activated');
  const runs = document.components.schemas['run']?.oneOf as { properties: Record<string, object> }[];
  expect(runs.length).toBeGreaterThan(10);
  expect(runs[0]?.properties).toMatchObject({ sequence: { type: 'integer' }, number: { deprecated: true } });
  expect(runs.map(({ properties }) => properties['event'])).toContainEqual(
    expect.objectContaining({ enum: ['ledger-version', 'standing'] }),
  );
});
