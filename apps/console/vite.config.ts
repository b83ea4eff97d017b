import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// `npx vite apps/console` while developing: the API of a standalone process on its usual port.
const API = 'http://127.0.0.1:8080';
const WORTH_IT = 1_024;

/** Every script also compressed, so that the service has only to send it. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  writeBundle: async ({ dir = '' }) => {
    for (const name of await readdir(dir, { recursive: true })) {
      if (!/\.(js|css|svg)$/.test(name)) continue;
      const content = await readFile(join(dir, name));
      if (content.length < WORTH_IT) continue;
      await writeFile(join(dir, `${name}.br`), brotliCompressSync(content));
      await writeFile(join(dir, `${name}.gz`), gzipSync(content));
    }
  },
});

export default defineConfig({
  plugins: [react({ jsxImportSource: '#seen' }), compressed()],
  define: { TOUR_PAGE: JSON.stringify(await readFile(new URL('../../docs/tour.md', import.meta.url), 'utf8')) },
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 900, reportCompressedSize: false },
  server: { proxy: { '/api': API, '/health': API } },
});
