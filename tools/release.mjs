import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeArtifacts } from './release/artifacts.mjs';
import { changelogOf, nextVersion, readCommits, withRelease } from './release/plan.mjs';
import { setVersion } from './release/set-version.mjs';
import { endWithUsage } from './workspace/command-line.mjs';
import { mustStep, root } from './workspace/run.mjs';

const USAGE = `Sets the version everywhere, writes CHANGELOG.md from the commits since the last tag and what is handed on
(release/: manifests, chart, SBOM, licenses, checksums), and commits and tags. It pushes nothing.

  npm run release [-- VERSION]              without one, that which follows from the commits
  npm run release -- --dry-run [VERSION]    shows version and changelog, and changes nothing`;

endWithUsage(USAGE);
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).trim();
const read = (file) => readFileSync(join(root, file), 'utf8');

const given = process.argv.slice(2);
const isDry = given[0] === '--dry-run';
if (isDry) given.shift();
const before = JSON.parse(read('package.json')).version;
const last = git('tag', '--list', 'v*', '--sort=-v:refname').split('\n')[0];
const commits = readCommits(git('log', '--format=%H%x09%s%x09%b%x00', ...(last ? [`${last}..HEAD`] : [])));
endWithUsage(USAGE, commits.length === 0 && `There is nothing new since ${last}.`);
// the first release has the version that stands
const version = given[0] ?? (last ? nextVersion(before, commits) : before);
endWithUsage(USAGE, !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version) && `${version} is no version, such as 1.2.3`);
endWithUsage(USAGE, git('tag', '--list', `v${version}`) !== '' && `v${version} is there: name a later version.`);
const part = changelogOf(version, new Date().toISOString().slice(0, 10), commits);
if (isDry) {
  console.log(`${part}\nThis would be ${version}, of ${commits.length} commits; nothing was changed.`);
  process.exit(0);
}
endWithUsage(
  USAGE,
  git('status', '--porcelain') !== '' && 'There are changes that are not committed: commit them first.',
);

setVersion(version);
writeFileSync(join(root, 'CHANGELOG.md'), withRelease(read('CHANGELOG.md'), part));
await mustStep('the lock file', 'npm', ['install', '--package-lock-only', '--ignore-scripts', '--loglevel=error']);
await mustStep('generated documents', 'node', ['tools/docs.mjs']);
await mustStep('format', 'prettier', ['--write', '--log-level', 'warn', 'CHANGELOG.md']);
git('add', '--all');
git('commit', '--message', `chore(release): ${version}`);
git('tag', '--annotate', `v${version}`, '--message', part);

await makeArtifacts(version, part);
console.log(`\n${version} is committed and tagged; release/ holds what is handed on. Next: git push --follow-tags`);
