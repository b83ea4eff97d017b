import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goProgram } from './go/programs.mjs';
import { startApiServer } from './kubernetes/api-server.mjs';
import { checksOf } from './kubernetes/checks.mjs';
import { kubectlOf, runOf } from './kubernetes/kubectl.mjs';
import { ensureInstalled } from './workspace/install.mjs';

// npm run test:kubernetes: every overlay, component and the chart against a real API server with etcd, both built from their Go modules.
await ensureInstalled();
const folder = await mkdtemp(join(tmpdir(), 'kubernetes-'));
const { kubeconfig, stop } = await startApiServer(folder);
let failed = 0;
try {
  const helm = runOf(await goProgram('helm'), {
    KUBECONFIG: kubeconfig,
    HELM_CACHE_HOME: folder,
    HELM_DATA_HOME: folder,
  });
  const checks = checksOf({ kubectl: kubectlOf(kubeconfig), helm, kubeconfig });
  for (const [name, check] of checks) {
    try {
      await check();
      console.log(`ok      ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n        ${error.message}`);
    }
  }
  console.log(`\n${checks.length - failed} passed, ${failed} failed`);
  console.log(
    'Not shown without controllers and kubelets: that pods start, probes, rollouts, network policies, scaling, Strimzi.',
  );
} finally {
  await stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(failed > 0 ? 1 : 0);
