import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// `npx vite apps/console` while developing: the API of a standalone process on its usual port.
const API = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 900, reportCompressedSize: false },
  server: { proxy: { '/api': API, '/health': API } },
});
