import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Passwords of the stores that run beside the services, made once and kept: node deploy/image/make-passwords.mjs FOLDER
const [folder] = process.argv.slice(2);

// without a line's end: Kafka takes the file as it is. Each store runs as a user of its own, and reads it.
const write = (name, text) => {
  writeFileSync(join(folder, `${name}.part`), text, { mode: 0o444 });
  renameSync(join(folder, `${name}.part`), join(folder, name));
};
const passwordOf = (store) => {
  const name = `${store}-password`;
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    write(name, randomBytes(24).toString('hex'));
    return readFileSync(join(folder, name), 'utf8');
  }
};

passwordOf('kafka');
const redis = passwordOf('redis');
write('database-url', `postgres://collsync:${passwordOf('postgres')}@postgres:5432/collsync`);
write('redis-url', `redis://collsync:${redis}@redis:6379`);
// the rights are those of docs/operations.md
const rights = '~collection-sync:* +eval +evalsha +get +set +del +pexpire +time +ping +info +select +client';
const digest = createHash('sha256').update(redis).digest('hex');
write('redis-users.acl', `user default off\nuser collsync on #${digest} ${rights}\n`);
