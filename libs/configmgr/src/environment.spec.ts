import { describe, expect, it } from 'vitest';
import { siteEnvironment } from './environment.js';

const problems = (given: object): string[] =>
  siteEnvironment.safeParse(given).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('the address of a site', () => {
  it.each(['https://cm01.contoso.com/AdminService', 'http://127.0.0.1:8090/AdminService', 'http://[::1]/AdminService'])(
    'may be %s',
    (url) => expect(problems({ ADMINSERVICE_URL: url })).toEqual([]),
  );

  it('is no http elsewhere: who answers in its place decides who is in the groups', () => {
    const ADMINSERVICE_URL = 'http://cm01.contoso.com/AdminService';
    for (const more of [
      { ADMINSERVICE_AUTH: 'negotiate' },
      { ADMINSERVICE_AUTH: 'bearer', ADMINSERVICE_TOKEN: 'secret' },
    ])
      expect(problems({ ADMINSERVICE_URL, ...more })).toEqual([
        expect.stringContaining('ADMINSERVICE_URL: must begin with https://'),
      ]);
    expect(problems({ ADMINSERVICE_URL, ADMINSERVICE_AUTH: 'none' })).toEqual([]);
  });

  it('is named once when it is none', () => {
    for (const ADMINSERVICE_URL of ['', 'cm01', 'ftp://cm01'])
      expect(problems({ ADMINSERVICE_URL, ADMINSERVICE_AUTH: 'negotiate' })).toHaveLength(1);
    expect(problems({})).toHaveLength(1);
  });
});
