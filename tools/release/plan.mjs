/** Commits as `git log --format=%H%x09%s%x09%b%x00` tells them. */
export function readCommits(log) {
  return log
    .split('\0')
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => {
      const [id, subject, ...body] = text.split('\t');
      const [, kind = '', scope = '', mark = '', title = subject] =
        /^(\w+)(?:\(([^)]+)\))?(!)?: (.*)$/.exec(subject) ?? [];
      return { id, kind, scope, title, breaking: mark === '!' || /^BREAKING CHANGE/m.test(body.join('\t')) };
    });
}

/** The version after `version`, by semantic versioning; before 1.0 what breaks raises the second number. */
export function nextVersion(version, commits) {
  const [major, minor, patch] = version.split('.').map(Number);
  const breaking = commits.some((commit) => commit.breaking);
  const feature = commits.some(({ kind }) => kind === 'feat');
  if (breaking && major > 0) return `${major + 1}.0.0`;
  if (breaking || feature) return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}

const CHAPTERS = [
  ['Changes that break', ({ breaking }) => breaking],
  ['New', ({ kind, breaking }) => kind === 'feat' && !breaking],
  ['Repaired', ({ kind, breaking }) => kind === 'fix' && !breaking],
  ['Faster', ({ kind, breaking }) => kind === 'perf' && !breaking],
];

/** The part of CHANGELOG.md for a release: what its readers notice. */
export function changelogOf(version, day, commits) {
  const chapters = CHAPTERS.flatMap(([title, belongs]) => {
    const lines = commits.filter(belongs).map(({ scope, title: text }) => `- ${scope ? `**${scope}** ` : ''}${text}`);
    return lines.length > 0 ? [`### ${title}\n\n${lines.join('\n')}\n`] : [];
  });
  return [`## ${version} (${day})\n`, ...chapters].join('\n');
}

/** A changelog with the part of a release before the parts of earlier ones. */
export function withRelease(changelog, part) {
  const at = changelog.search(/^## /m);
  return at < 0 ? `${changelog.trimEnd()}\n\n${part}` : `${changelog.slice(0, at)}${part}\n${changelog.slice(at)}`;
}
