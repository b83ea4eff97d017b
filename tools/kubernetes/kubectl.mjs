import { execFile } from 'node:child_process';

/** Runs a program and resolves with all that it said; what it says on the error output counts too: warnings of the API server. */
export const runOf =
  (program, env = {}) =>
  (args, { input, cwd } = {}) =>
    new Promise((resolve, reject) => {
      const child = execFile(
        program,
        args,
        { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 26 },
        (error, stdout, stderr) =>
          error
            ? reject(new Error(`${program} ${args.join(' ')}: ${stderr || error.message}`))
            : resolve({ stdout, stderr }),
      );
      child.stdin.end(input ?? '');
    });

export const kubectlOf = (kubeconfig) => runOf('kubectl', { KUBECONFIG: kubeconfig });
