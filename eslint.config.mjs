// Lint: TypeScript's usual traps, and the import rules between the rooms of src/ (see src/ARCHITECTURE.md).
import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Who may import whom: room → rooms it may use besides itself. */
const rooms = {
  core: [],
  protocol: ['core'],
  disk: ['core'],
  service: ['core', 'protocol'],
  server: ['service', 'core', 'protocol', 'disk'],
  collector: ['core', 'protocol'],
  cli: ['service', 'core', 'protocol', 'collector', 'disk'],
  debug: ['core', 'protocol', 'collector'],
  probe: ['protocol'],
  extension: ['protocol'],
};

/** Packages that a room may name; a room without an entry may name none but Node's builtins. */
const forbiddenPackages = {
  core: [
    {
      // graphology computes on plain data, as core does.
      regex: '^(?!\\.|graphology)',
      message: 'core is pure: nothing from outside (the TypeScript module is handed in; its types may be imported).',
      allowTypeImports: true,
    },
  ],
  probe: [{ regex: '^(?!\\.|node:)', message: 'The probe is a guest in the user’s app: no dependency; types only.', allowTypeImports: true }],
};

const notVscode = { regex: '^vscode$', message: 'Only src/extension may import vscode.' };

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '.vscode-test/', 'test/cases/', 'test/fixtures/', 'test/probe/.apps/', 'coverage/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'webview/**/*.ts'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })], 'import-x/extensions': ['.ts', '.js'] },
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: Object.entries(rooms).flatMap(([room, others]) => {
            const allowed = [room, ...others];
            const forbidden = Object.keys(rooms).filter((name) => !allowed.includes(name));
            return [...forbidden.map((name) => `./src/${name}`), './webview'].map((from) => ({
              target: `./src/${room}`,
              from,
              // core/profile turns the probe's events into a profile: their contract is its input.
              ...(room === 'core' && from === './src/protocol' ? { except: ['./probe.ts', './probeReads.ts'] } : {}),
              message: `src/${room} may import only: ${allowed.join(', ')} (src/ARCHITECTURE.md).`,
            }));
          }),
        },
      ],
    },
  },
  ...Object.keys(rooms)
    .filter((room) => room !== 'extension')
    .map((room) => ({
      files: [`src/${room}/**/*.ts`],
      rules: {
        '@typescript-eslint/no-restricted-imports': ['error', { patterns: [notVscode, ...(forbiddenPackages[room] ?? [])] }],
      },
    })),
  {
    files: ['webview/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            notVscode,
            { regex: 'src/(?!core/|protocol/)', message: 'A webview knows only protocol/ and pure core/.' },
            { regex: '^node:', message: 'A webview runs in a browser.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'require',
          'module',
          '__dirname',
          'URL',
          'setTimeout',
          'clearTimeout',
          'fetch',
          'Buffer',
          'performance',
          'setInterval',
          'clearInterval',
          'setImmediate',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
