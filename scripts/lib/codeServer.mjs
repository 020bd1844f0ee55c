// A VS Code that comes from npm: code-server (the workbench, the extension host, webviews and the JavaScript debugger, in a browser).
// It needs a newer Node than this project, so it lives apart in .vscode-test/, with a Node of its own.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { ensureDebianPackages } from './debian.mjs';
import { isInstalled, mustRun, root, say, ScriptError } from './run.mjs';

/** Versions that the suite is known to pass with; the marker file makes a change here install anew. */
const packages = { node: '24', 'code-server': '4.139.1' };
const cache = path.join(root, '.vscode-test');
const marker = path.join(cache, 'installed.json');
const nodeHome = path.join(cache, 'node');
const serverHome = path.join(cache, 'code-server');
const nodeBinary = path.join(nodeHome, 'node_modules/node/bin/node');
const serverEntry = path.join(serverHome, 'node_modules/code-server/out/node/entry.js');

/** Installs code-server and its Node into .vscode-test/ unless both are there. About a minute and a half the first time. */
export async function installCodeServer() {
  if (isComplete()) return;
  await ensureBuildTools();
  rmSync(marker, { force: true });
  await installPackage(nodeHome, `node@${packages.node}`, process.env);
  await installPackage(serverHome, `code-server@${packages['code-server']}`, newerNodeEnvironment());
  if (!existsSync(nodeBinary) || !existsSync(serverEntry)) {
    throw new ScriptError(`npm reported success, but ${path.relative(root, cache)}/ is incomplete. Remove that folder and run this again.`);
  }
  writeFileSync(marker, JSON.stringify(packages));
}

/**
 * Starts code-server on a loopback port. `folder` may also be the file of a workspace of several folders.
 * @param {{folder: string, dataDir: string, extensionsDir: string, port?: number, env?: NodeJS.ProcessEnv, trustsFolders?: boolean, log?: (text: string) => void}} options
 * @returns {Promise<{url: string, port: number, stop: () => Promise<void>}>} resolves once it answers
 */
export async function startCodeServer({ folder, dataDir, extensionsDir, port, env = process.env, trustsFolders = true, log = () => {} }) {
  const listenOn = port ?? (await freePort());
  const args = ['--auth', 'none', '--bind-addr', `127.0.0.1:${listenOn}`, '--user-data-dir', dataDir, '--extensions-dir', extensionsDir];
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  if (trustsFolders) quiet.push('--disable-workspace-trust');
  // A group of its own: the server forks the extension host, terminals and debuggees, and stop() must reach them all.
  const child = spawn(nodeBinary, [serverEntry, ...args, ...quiet, folder], {
    env: withoutEditor(env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk) => log(String(chunk)));
  child.stderr.on('data', (chunk) => log(String(chunk)));
  const exited = new Promise((resolve) => child.on('exit', resolve));
  const kind = folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const url = `http://127.0.0.1:${listenOn}/?${kind}=${encodeURIComponent(folder)}`;
  await Promise.race([
    untilItAnswers(`http://127.0.0.1:${listenOn}/healthz`),
    exited.then((code) => Promise.reject(new ScriptError(`code-server ended at once (exit code ${code}).`))),
  ]);
  return { url, port: listenOn, stop: () => stopGroup(child, exited) };
}

/** Installs a VSIX into an extensions folder, as a user would. */
export async function installExtension({ vsix, dataDir, extensionsDir }) {
  const args = [serverEntry, '--user-data-dir', dataDir, '--extensions-dir', extensionsDir, '--install-extension', vsix];
  await mustRun(nodeBinary, args, { env: withoutEditor(process.env), what: 'Installing the extension into code-server' });
}

/** A loopback port that nobody uses right now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function isComplete() {
  if (!existsSync(marker) || !existsSync(nodeBinary) || !existsSync(serverEntry)) return false;
  return readFileSync(marker, 'utf8') === JSON.stringify(packages);
}

/** code-server compiles a native module (kerberos). */
async function ensureBuildTools() {
  if (process.platform === 'win32') {
    throw new ScriptError('code-server does not run on Windows itself. Install VS Code (its "code" command on the PATH), or use WSL.');
  }
  if (process.platform === 'linux' && isInstalled('apt-get')) {
    await ensureDebianPackages(['python3', 'make', 'g++', 'libkrb5-dev'], 'Installing code-server');
  }
}

async function installPackage(folder, name, env) {
  say(`installing ${name} into ${path.relative(root, folder)}/ (kept for the next time)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // A package.json of its own keeps npm from walking up into this project's.
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  await mustRun('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', name], {
    cwd: folder,
    env: npmEnvironment(env),
    what: `npm install ${name}`,
  });
}

/** Puts the installed Node first, and points native builds at the headers that come with it. */
function newerNodeEnvironment() {
  const env = { ...process.env, PATH: `${path.dirname(nodeBinary)}${path.delimiter}${process.env.PATH ?? ''}` };
  const headers = nodeHeaders();
  return headers === null ? env : { ...env, npm_config_nodedir: headers };
}

function nodeHeaders() {
  const modules = path.join(nodeHome, 'node_modules/node/node_modules');
  const candidates = existsSync(modules) ? readdirSync(modules).map((name) => path.join(modules, name)) : [];
  return candidates.find((folder) => existsSync(path.join(folder, 'include/node/node_api.h'))) ?? null;
}

/** Run from `npm start`, npm hands its own state down (which project, which Node.js); it is about this project, not about the cache. */
function npmEnvironment(env) {
  const inherited =
    /^(NODE$|npm_(package_|lifecycle_|command$|execpath$|node_execpath$|config_(user_agent|npm_version|node_gyp|(local_|global_)?prefix|workspaces?|include_workspace_root)$))/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !inherited.test(name)));
}

/** Started from a terminal inside VS Code, its variables would make code-server open files there instead of serving. */
function withoutEditor(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|PORT$)/.test(name)));
}

async function untilItAnswers(url) {
  for (let attempt = 0; attempt < 1200; attempt++) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new ScriptError('code-server did not answer within two minutes.');
}

async function stopGroup(child, exited) {
  if (child.exitCode !== null) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), 5_000);
  await exited;
  clearTimeout(timer);
  // The extension host may outlive its parent for a moment.
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
