// npm start: builds the extension and opens it in a VS Code on the example app: the desktop's `code` where there is one, else a
// VS Code in the browser.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installCodeServer, installExtension, startCodeServer } from './lib/codeServer.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { isInstalled, main, mustRun, root, say } from './lib/run.mjs';
import { packVsix } from './lib/vsix.mjs';

const example = path.join(root, 'examples/bookshop');

const tour = `
  1. Open src/catalog/book.entity.ts, then the Relation Lens icon in the activity bar: the diagram follows the cursor.
     F1, "Relation Lens: Open Entity Diagram" shows the whole schema.
  2. Press F5 (Bookshop with query profiler), then open http://localhost:3000/authors in a browser or with curl:
     the Queries panel shows GET /authors with its 101 queries.
  3. Open that request and press "Fix…" on its finding: the change is shown beside the file. Apply it.
  4. Press "Restart and Run Again": the panel shows the count before and after, and that the answer is the same.
`;

/** The example's README beside nothing else: no chat, no question about the repository around the example. */
const settings = {
  'workbench.startupEditor': 'readme',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
};

main(async () => {
  await ensureDependencies();
  if (isInstalled('code')) await openDesktop();
  else await serveInBrowser();
});

async function openDesktop() {
  say('building the extension');
  await mustRun(process.execPath, ['esbuild.js'], { what: 'The build' });
  say('opening VS Code with the extension and examples/bookshop');
  console.log(tour);
  await mustRun('code', ['--new-window', `--extensionDevelopmentPath=${root}`, example]);
}

async function serveInBrowser() {
  await installCodeServer();
  say('building and packing the extension');
  const home = mkdtempSync(path.join(tmpdir(), 'relation-lens-start-'));
  const [dataDir, extensionsDir] = ['data', 'extensions'].map((name) => path.join(home, name));
  for (const folder of [path.join(dataDir, 'User'), extensionsDir]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(dataDir, 'User/settings.json'), JSON.stringify(settings, null, 2));
  const { file } = await packVsix(path.join(home, 'relation-lens.vsix'));
  await installExtension({ vsix: file, dataDir, extensionsDir });
  const server = await startCodeServer({ folder: example, dataDir, extensionsDir });
  say(`VS Code runs at ${server.url}`);
  console.log(tour);
  say('Ctrl+C stops it.');
  openBrowser(server.url);
  await untilInterrupted();
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}

/** Opens the page where the desktop knows how; the address is printed in any case. */
function openBrowser(url) {
  const opener = { darwin: 'open', linux: 'xdg-open' }[process.platform];
  if (opener === undefined || (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)) return;
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

/** Waits for Ctrl+C or a termination; the open server alone would not keep this process alive. */
function untilInterrupted() {
  const keepAlive = setInterval(() => {}, 60_000);
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  }).finally(() => clearInterval(keepAlive));
}
