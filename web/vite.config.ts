import { defineConfig } from 'vitest/config';

// Where `npm run dev` finds a server.
const server = process.env.PEREGRINE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    // Nothing inline: the page's policy allows no data in scripts and styles, and names carry the hashes.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: Object.fromEntries(['/openai', '/admin', '/ready', '/health', '/metrics', '/openapi.yaml'].map((path) => [path, server])),
  },
  test: { environment: 'jsdom' },
});
