import { defineConfig } from 'vitest/config';

/** vitest asks for a second only, which a busy machine lets pass before anything was done. */
const expectations = { poll: { timeout: 60_000 } };

// unit: pure, in seconds. differential: sources read by us beside TypeORM's own metadata. probe: real TypeORM on real databases, in child processes.
// scenarios: the numbered cases of the profiler, which write docs/scenarios.md. mend: what edits come to, which writes docs/edits.md. process: our own
// programs (server, collector, debug adapter, CLI) started for real. webview: the panels in headless Chromium. vscode: the packaged extension in a real VS Code.
// The limits are for what hangs, and prove nothing: on a busy machine a process takes many times as long as on an idle one.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], isolate: false, pool: 'threads', testTimeout: 30_000 } },
      { test: { name: 'probe', include: ['test/probe/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000, expect: expectations } },
      { test: { name: 'scenarios', include: ['test/scenarios/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000 } },
      { test: { name: 'differential', include: ['test/differential/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 } },
      { test: { name: 'mend', include: ['test/mend/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 600_000 } },
      {
        test: {
          name: 'process',
          include: ['test/{cli,collector,debug,server}/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: expectations,
        },
      },
      {
        test: {
          name: 'webview',
          include: ['test/webview/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          expect: expectations,
        },
      },
      {
        test: {
          name: 'vscode',
          include: ['test/vscode/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          expect: expectations,
        },
      },
    ],
  },
});
