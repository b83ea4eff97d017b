import { membershipSourceContract, type SourceBench } from '@collection-sync/testing/membership-source.contract';
import { beforeEach } from 'vitest';
import { FakeSite } from '../test/fake-site.js';
import { COLLECTION } from '../test/harness.js';

const DEVICES = [1, 2, 3, 4];
let bench: SourceBench;

beforeEach(() => {
  const source = new FakeSite();
  source.others = new Set(DEVICES);
  bench = {
    source,
    collection: COLLECTION,
    devices: DEVICES,
    setMembers: (members) => Promise.resolve(source.set(members.map((resource) => [resource, undefined]))),
    fail: () => Promise.resolve((source.failing = 'everything')),
  };
});

membershipSourceContract('the site in memory', () => bench);
