import { describe, expect, it } from 'vitest';
import { changelogOf, nextVersion, readCommits, withRelease } from './plan.mjs';

const log = (...subjects) => subjects.map((subject, at) => `${at}\t${subject}\tbody`).join('\0');

describe('the version after', () => {
  it.each([
    ['0.1.0', ['fix(writer): a'], '0.1.1'],
    ['0.1.3', ['feat: a', 'fix: b'], '0.2.0'],
    ['0.1.3', ['feat(bus)!: a'], '0.2.0'],
    ['1.4.2', ['feat: a'], '1.5.0'],
    ['1.4.2', ['fix(api)!: a'], '2.0.0'],
    ['1.4.2', ['docs: a'], '1.4.3'],
  ])('%s with %j is %s', (before, subjects, after) => {
    expect(nextVersion(before, readCommits(log(...subjects)))).toBe(after);
  });

  it('takes a breaking change from the body, too', () => {
    expect(nextVersion('1.0.0', readCommits('1\tfix: a\tBREAKING CHANGE: b'))).toBe('2.0.0');
  });
});

it('the changelog tells what is new, repaired and faster, and leaves out the rest', () => {
  const commits = readCommits(
    log('feat(console): a list', 'fix: a fault', 'docs: words', 'refactor(x)!: another name'),
  );
  const part = changelogOf('0.2.0', '2026-01-02', commits);
  expect(part).toContain('## 0.2.0 (2026-01-02)');
  expect(part).toContain('### New\n\n- **console** a list\n');
  expect(part).toContain('### Changes that break\n\n- **x** another name\n');
  expect(part).not.toContain('words');
  const whole = withRelease('# Changes\n\n## 0.1.0 (2025-01-01)\n\n- first\n', part);
  expect(whole.indexOf('0.2.0')).toBeLessThan(whole.indexOf('0.1.0'));
});
