import { cleanUp } from '@collection-sync/testing';
import { PROMISES } from './promises/all.js';
import { Cluster } from './promises/cluster.js';
import { holds, type Proof } from './promises/prove.js';
import { table } from './table.js';

// npm run proof [-- --seed N] [--repetitions N] [--only N,N]: every promise with its faults; exit code 1 when one does not hold
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const seed = Number(option('seed') ?? Date.now() % 1_000_000);
const only = option('only')?.split(',');
const repetitions = option('repetitions');
console.log(`seed ${seed}; the same seed gives the same changes and the same choice of faults`);

const proofs: Proof[] = [];
let failed = false;
try {
  const cluster = await Cluster.start();
  try {
    for (const { number, often, run } of PROMISES) {
      if (only && !only.includes(String(number))) continue;
      console.log(`promise ${number}`);
      const proof = await run({
        cluster,
        seed: seed + number,
        repetitions: Number(repetitions ?? often),
        tell: console.log,
      });
      proofs.push(proof);
      console.log(`${holds(proof) ? 'holds' : 'DOES NOT HOLD'}: ${proof.promise} (${proof.seconds.toFixed(0)} s)`);
      for (const wrong of proof.wrong) console.log(`  ${wrong}`);
    }
  } catch (error) {
    failed = true;
    console.error(error);
    for (const { service, process: each } of cluster.replicas) console.error(`\n--- ${service}\n${each.tail(15)}`);
  } finally {
    await cluster.close();
  }
} finally {
  await cleanUp();
}

const heading = ['promise', 'faults injected', 'members checked', 'lost', 'extra', 'overlapping writes', 'time', ''];
const rows = proofs.map((proof) => [
  proof.promise,
  ...[proof.faults, proof.members, proof.lost, proof.extra, proof.overlapping].map(String),
  `${proof.seconds.toFixed(0)} s`,
  holds(proof) ? 'holds' : 'DOES NOT HOLD',
]);
console.log(`\n${table(heading, rows)}`);
process.exit(failed || !proofs.every(holds) ? 1 : 0);
