// The project's own modules: installed where they are missing or not those of package-lock.json.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun, root, say, ScriptError } from './run.mjs';

/** Runs `npm ci` unless node_modules holds exactly what package-lock.json names. */
export async function ensureDependencies() {
  requireNode();
  if (isUpToDate()) return;
  say('installing the project’s dependencies (npm ci; a minute or two the first time)');
  // Test dependencies that ask for a newer Node.js than they need would fill the screen with warnings.
  await mustRun('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { what: 'npm ci' });
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new ScriptError(`Node.js ${process.versions.node} is too old: install Node.js 20.19 or newer and run this again.`);
}

/** npm keeps a lockfile of what it installed inside node_modules; it lacks only the project itself and what other platforms need. */
function isUpToDate() {
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = readPackages(installedFile);
  return Object.entries(readPackages(path.join(root, 'package-lock.json'))).every(
    ([place, wanted]) => !place.includes('node_modules/') || wanted.optional || wanted.link || installed[place]?.version === wanted.version,
  );
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
