import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Certificate {
  /** PEM; signed by itself, so it is its own authority */
  cert: string;
  key: string;
}

const KINDS = {
  ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
  // the one kind that Entra takes of an application
  rsa: ['-newkey', 'rsa:2048'],
};

/** A certificate for 127.0.0.1 and localhost, made on the spot with openssl, good for two days. */
export async function makeCertificate(kind: keyof typeof KINDS = 'ec'): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const key = [...KINDS[kind], '-nodes', '-keyout', keyFile];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  try {
    await promisify(execFile)('openssl', ['req', '-x509', ...key, ...names, '-out', certFile, '-days', '2']);
    return { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
