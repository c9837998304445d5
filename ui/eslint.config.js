// What the type checker does not say: which folder may use which, and no `any`.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const features = [
  'desk',
  'accounts',
  'sync',
  'places',
  'settings',
  'households',
  'people',
  'imports',
  'history',
  'search',
  'quality',
  'map',
  'entitlements',
  'outreach',
  'policies',
];
const tauri = { group: ['@tauri-apps/*'], message: 'Only src/host talks to the desktop shell.' };
const restrict = (files, ...patterns) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] } });

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/bindings/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: { 'svelte/no-navigation-without-resolve': 'off' },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      'no-undef': 'off',
      // Nothing of the register may be kept by the browser.
      'no-restricted-globals': ['error', 'localStorage', 'sessionStorage', 'indexedDB'],
    },
  },
  restrict(['src/views/**', 'src/main.ts'], tauri),
  restrict(
    ['src/shared/**'],
    tauri,
    {
      group: ['$host', '$host/*', '$lists/*', '$records/*', '$law/*', '$bindings/*', '**/host/**', '**/bindings/**'],
      message: 'shared/ knows nothing of ours but itself.',
    },
    { group: ['**/features/**', '**/views/**'], message: 'shared/ knows nothing of ours but itself.' },
  ),
  restrict(['src/records/**', 'src/lists/**'], tauri, {
    group: ['**/features/**', '**/views/**'],
    message: 'Parts of screens know no screen.',
  }),
  restrict(['src/law/**'], tauri, { group: ['**/features/**', '**/views/**'], message: 'The words of the law know no screen.' }),
  restrict(['src/host/**'], { group: ['**/features/**', '**/views/**'], message: 'The host does not know the screens.' }),
  ...features.map((name) =>
    restrict([`src/features/${name}/**`], tauri, {
      group: ['**/views/**', ...features.filter((other) => other !== name).map((other) => `**/${other}/**`)],
      message: 'A feature uses shared, host, records, lists, messages, bindings and itself; views compose features.',
    }),
  ),
);
