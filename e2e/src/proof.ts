import { cleanUp, readOptions } from '@collection-sync/testing';
import { PROMISES } from './promises/all.js';
import { Cluster } from './promises/cluster.js';
import { holds, type Proof } from './promises/prove.js';
import { WITHOUT } from './promises/without-safeguards.js';
import { table } from './table.js';

const USAGE = `Every promise with its faults, then the promises that must fail on compositions without a safeguard.

  npm run proof [-- --seed N] [--repetitions N] [--only N,N,without|SAFEGUARD]

  --seed N          the same seed gives the same changes and the same choice of faults
  --repetitions N   of each promise, instead of as many as it asks for
  --only LIST       numbers of promises; \`without\` or the name of a safeguard: what must fail without it

Ends with 1 when a promise does not hold, or one holds without its safeguard. docs/reliability.md has the promises.`;

const { only: chosen, ...given } = readOptions(USAGE, {
  seed: { type: 'string' },
  repetitions: { type: 'string' },
  only: { type: 'string' },
});
const seed = Number(given.seed ?? Date.now() % 1_000_000);
const only = chosen?.split(',');
const { repetitions } = given;
console.log(`seed ${seed}; the same seed gives the same changes and the same choice of faults`);

const proofs: Proof[] = [];
const safeguards: string[][] = [];
let failed = false;
let cluster: Cluster | undefined;

let interrupted: Promise<unknown> | undefined;
/** Nothing of ours goes on running. */
const interrupt = async (code: number): Promise<void> => {
  console.error('interrupted: ends its services');
  await Promise.resolve(cluster?.end()).then(cleanUp).catch(console.error);
  process.exit(code);
};
process.on('SIGINT', () => void (interrupted ??= interrupt(130)));
process.on('SIGTERM', () => void (interrupted ??= interrupt(143)));

try {
  cluster = await Cluster.start();
  try {
    for (const { number, often, run } of PROMISES) {
      if (only && !only.includes(String(number))) continue;
      console.log(`promise ${number}`);
      const proof = await run({
        cluster,
        seed: seed + number,
        repetitions: Number(repetitions ?? often),
        print: console.log,
      });
      proofs.push(proof);
      console.log(`${holds(proof) ? 'holds' : 'DOES NOT HOLD'}: ${proof.promise} (${proof.seconds.toFixed(0)} s)`);
      for (const wrong of proof.wrong) console.log(`  ${wrong}`);
    }
    for (const { safeguard, run, seen } of WITHOUT) {
      if (only && !only.includes('without') && !only.includes(safeguard)) continue;
      const proof = await run({ cluster, seed, repetitions: 1, print: console.log });
      const fails = seen(proof);
      failed ||= !fails;
      safeguards.push([
        safeguard,
        proof.promise,
        fails ? 'fails, as it must' : 'DOES NOT FAIL AS IT MUST',
        proof.wrong[0]?.slice(0, 100) ?? `${proof.lost} lost`,
      ]);
      console.log(safeguards.at(-1)?.join(' | '));
    }
  } catch (error) {
    failed = true;
    console.error(error);
    for (const { service, process: each } of cluster.replicas) console.error(`\n--- ${service}\n${each.tail(15)}`);
  } finally {
    if (!interrupted) await cluster.close();
  }
} finally {
  await (interrupted ?? cleanUp());
}

const heading = ['promise', 'faults injected', 'members checked', 'lost', 'extra', 'overlapping writes', 'time', ''];
const rows = proofs.map((proof) => [
  proof.promise,
  ...[proof.faults, proof.members, proof.lost, proof.extra, proof.overlapping].map(String),
  `${proof.seconds.toFixed(0)} s`,
  holds(proof) ? 'holds' : 'DOES NOT HOLD',
]);
console.log(`\n${table(heading, rows)}`);
if (safeguards.length > 0) console.log(`\n${table(['without', 'promise', 'then', 'seen'], safeguards)}`);
process.exit(failed || !proofs.every(holds) ? 1 : 0);
