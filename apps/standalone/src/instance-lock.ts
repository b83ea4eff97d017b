import { AppError } from '@collection-sync/core';
import type { Database } from '@collection-sync/postgres';

/** Two processes with in-process leases must not share a database; held as long as the session lives, so a killed process leaves none behind. */
export const holdInstanceLock = async (database: Database): Promise<() => void> => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await new Promise<void>((held, refused) => {
    database
      .session(async (session) => {
        const [row] = await session.query<{ taken: boolean }>(
          `select pg_try_advisory_lock(hashtextextended('collection-sync standalone', 0)) as taken`,
        );
        if (!row?.taken)
          throw new AppError(
            'INTERNAL',
            'Another standalone process uses the same database. Stop it, or set DATA_DIR to another folder.',
          );
        held();
        await released;
      })
      .catch(refused);
  });
  return release;
};
