import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Passwords of stores that run beside the services, made once and kept: node deploy/image/make-passwords.mjs FOLDER STORE…
const [folder, ...stores] = process.argv.slice(2);

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

// the rights are those of docs/operations.md
const REDIS_RIGHTS = '~collection-sync:* +eval +evalsha +get +set +del +pexpire +time +ping +info +select +client';

const MADE_WITH = {
  kafka: () => {},
  postgres: (password) => write('database-url', `postgres://collsync:${password}@postgres:5432/collsync`),
  redis: (password) => {
    write('redis-url', `redis://collsync:${password}@redis:6379`);
    const digest = createHash('sha256').update(password).digest('hex');
    write('redis-users.acl', `user default off\nuser collsync on #${digest} ${REDIS_RIGHTS}\n`);
  },
};
for (const store of stores) MADE_WITH[store](passwordOf(store));
