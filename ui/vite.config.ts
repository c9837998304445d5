// The page is served from `tauri://localhost` in the desktop and from a loopback address in a browser, so every path is relative.
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: './',
  plugins: [svelte(), svelteTesting()],
  resolve: {
    alias: {
      $bindings: here('./src/bindings'),
      $host: here('./src/host'),
      $lists: here('./src/lists'),
      $messages: here('./src/shared/messages'),
      $law: here('./src/law'),
      $records: here('./src/records'),
      $shared: here('./src/shared'),
      $assets: here('../assets'),
    },
  },
  build: { target: 'safari15', outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0 },
  server: { fs: { allow: [here('..')] } },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts', 'tests/**/*.test.ts'], setupFiles: ['tests/setup.ts'] },
});
