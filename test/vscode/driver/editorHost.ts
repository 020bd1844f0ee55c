/** Starts a VS Code with the packaged extension: code-server in headless Chromium, or a desktop VS Code (`RELATION_LENS_VSCODE` names its program). */
import { exec, execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { _electron, chromium, type Page } from 'playwright-core';
import { PATIENCE_MS } from './waiting';

export interface EditorHost {
  /** The workbench's page. */
  readonly page: Page;
  /** Where the packaged extension was installed. */
  readonly extensionsDir: string;
  /** What the editor and its extension host printed. */
  readonly log: () => string;
  stop(): Promise<void>;
}

interface Home {
  readonly folder: string;
  readonly dataDir: string;
  readonly extensionsDir: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const WORKSPACE_TRUST = 'security.workspace.trust.enabled';

/** A quiet workbench: nothing that moves, asks or opens by itself. */
const settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'window.dialogStyle': 'custom',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  'editor.hover.delay': 100,
  'debug.openDebug': 'neverOpen',
  'debug.internalConsoleOptions': 'neverOpen',
  [WORKSPACE_TRUST]: false,
};

/** Opens a folder in a fresh editor with the VSIX named by `RELATION_LENS_VSIX` installed, and further ones. */
export async function openEditor(
  folder: string,
  moreSettings: Readonly<Record<string, unknown>> = {},
  moreExtensions: readonly string[] = [],
): Promise<EditorHost> {
  const home = makeHome({ ...settings, ...moreSettings });
  await installPackagedExtension(home);
  for (const vsix of moreExtensions) await install(vsix, home);
  const desktop = process.env['RELATION_LENS_VSCODE'];
  const host = desktop === undefined ? await openCodeServer(folder, home) : await openDesktop(folder, home, desktop);
  return {
    ...host,
    async stop() {
      await host.stop();
      rmSync(home.folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Installs the VSIX into an extensions folder, as a user would, and gives the folder that it came to lie in. */
export async function installPackagedExtension(home: Pick<Home, 'dataDir' | 'extensionsDir'>): Promise<string> {
  const vsix = packagedExtension();
  await install(vsix, home);
  const name = readdirSync(home.extensionsDir).find((entry) => entry.startsWith('relation-lens.'));
  if (name === undefined) throw new Error(`${vsix} was not installed into ${home.extensionsDir}.`);
  return path.join(home.extensionsDir, name);
}

async function install(vsix: string, { dataDir, extensionsDir }: Pick<Home, 'dataDir' | 'extensionsDir'>): Promise<void> {
  const desktop = process.env['RELATION_LENS_VSCODE'];
  if (desktop === undefined) {
    const { installExtension } = await import('../../../scripts/lib/codeServer.mjs');
    await installExtension({ vsix, dataDir, extensionsDir });
  } else {
    const { resolveCliArgsFromVSCodeExecutablePath } = await import('@vscode/test-electron');
    const [cli = desktop, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(desktop, { reuseMachineInstall: true });
    const args = [...cliArgs, '--user-data-dir', dataDir, '--extensions-dir', extensionsDir, '--install-extension', vsix];
    const { commandLine } = await import('../../../scripts/lib/run.mjs');
    // On Windows the program is code.cmd, which only a shell can start.
    await (process.platform === 'win32' ? promisify(exec)(commandLine(cli, args)) : promisify(execFile)(cli, args));
  }
}

async function openCodeServer(folder: string, home: Home): Promise<EditorHost> {
  const { startCodeServer } = await import('../../../scripts/lib/codeServer.mjs');
  let log = '';
  const server = await startCodeServer({ ...home, folder, trustsFolders: trustsFolders(home), log: (text) => void (log += text) });
  const browser = await chromium.launch({ executablePath: process.env['RELATION_LENS_CHROMIUM'] ?? '/usr/bin/chromium', args: browserFlags });
  const page = await browser.newPage({ viewport: { width: 1500, height: 950 }, permissions: ['clipboard-read', 'clipboard-write'] });
  page.on('console', (message) => void (log += `[console ${message.type()}] ${message.text()}\n`));
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(server.url);
  return {
    page,
    extensionsDir: home.extensionsDir,
    log: () => log,
    async stop() {
      await browser.close();
      await server.stop();
    },
  };
}

async function openDesktop(folder: string, home: Home, executablePath: string): Promise<EditorHost> {
  const folders = ['--user-data-dir', home.dataDir, '--extensions-dir', home.extensionsDir];
  const quiet = ['--no-sandbox', '--disable-gpu', '--disable-updates', '--skip-welcome', '--skip-release-notes'];
  if (trustsFolders(home)) quiet.push('--disable-workspace-trust');
  // Started from a terminal inside VS Code, its variables would make the new one a plain Node.js, or a window of the old one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name)));
  const app = await _electron.launch({
    executablePath,
    args: [...folders, ...quiet, '--new-window', folder],
    env: env as Record<string, string>,
  });
  let log = '';
  app.process().stderr?.on('data', (chunk) => void (log += String(chunk)));
  const page = await app.firstWindow({ timeout: PATIENCE_MS });
  page.setDefaultTimeout(PATIENCE_MS);
  return { page, extensionsDir: home.extensionsDir, log: () => log, stop: () => app.close() };
}

/** Whether every folder is trusted without asking, as it is unless a test says otherwise. */
function trustsFolders(home: Home): boolean {
  return home.settings[WORKSPACE_TRUST] !== true;
}

function packagedExtension(): string {
  const vsix = process.env['RELATION_LENS_VSIX'];
  if (vsix === undefined) throw new Error('Run this suite with "npm run test:vscode": it packs the extension first.');
  return vsix;
}

function makeHome(userSettings: Readonly<Record<string, unknown>>): Home {
  const folder = mkdtempSync(path.join(tmpdir(), 'relation-lens-vscode-'));
  const home = { folder, dataDir: path.join(folder, 'data'), extensionsDir: path.join(folder, 'extensions'), settings: userSettings };
  mkdirSync(path.join(home.dataDir, 'User'), { recursive: true });
  mkdirSync(home.extensionsDir);
  writeFileSync(path.join(home.dataDir, 'User/settings.json'), JSON.stringify(userSettings, null, 2));
  return home;
}
