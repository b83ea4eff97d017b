const PROGRAMS = [
  'az',
  'cat',
  'chown',
  'collsync',
  'cp',
  'curl',
  'docker',
  'export',
  'git',
  'helm',
  'journalctl',
  'kafka-acls.sh',
  'kinit',
  'kubectl',
  'npm',
  'openssl',
  'pg_dump',
  'pg_dumpall',
  'pg_restore',
  'psql',
  'setspn',
  'ssh',
  'systemctl',
  'useradd',
];
const COMMAND = new RegExp(
  `^(?:[A-Z_]+=\\S+ +)*(?:deploy/\\S+\\.sh|(?:${PROGRAMS.map((name) => name.replace('.', '\\.')).join('|')}) )`,
);
const UNTRIED = /\buntried\b/i;

/** What stands together: a paragraph, a point of a list, a row of a table; a block goes with what stands before it. */
const passagesOf = (text) => {
  const passages = [];
  for (const part of text.split(/(^ *```\w*\n[\s\S]*?^ *```$)/m)) {
    if (/^ *```/.test(part)) passages.push({ block: part, said: passages.at(-1)?.said ?? '' });
    else for (const said of part.split(/\n\s*\n|\n(?=\s*(?:\||\d+\. |- |#))/)) if (said.trim()) passages.push({ said });
  }
  return passages;
};

const linesOf = (block) =>
  block
    .replace(/^ *```\w*\n|^ *```$/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.replace(/ {2,}# .*$/, '').trim());

/** The commands of a page, in its blocks and in its sentences, and whether it is said there that they are untried. */
export const commandsOf = (text) =>
  passagesOf(text).flatMap(({ block, said }) => {
    const inline = () => [...said.matchAll(/`([^`]+)`/g)].map(([, code]) => code.replace(/\s+/g, ' '));
    return (block ? linesOf(block) : inline())
      .filter((line) => COMMAND.test(line))
      .map((command) => ({ command, untried: UNTRIED.test(said) }));
  });
