// Debian packages that a test or demo needs: installed where that is possible, named where it is not.
import { spawnSync } from 'node:child_process';
import { isInstalled, run, say, ScriptError } from './run.mjs';

/** Makes sure that Debian packages are there. Needs root or a sudo that asks for no password; otherwise says what to install. */
export async function ensureDebianPackages(packages, purpose) {
  const missing = packages.filter((name) => !hasPackage(name));
  if (missing.length === 0) return;
  const prefix = rootPrefix();
  if (!isInstalled('apt-get') || prefix === null) {
    throw new ScriptError(
      `${purpose} needs ${missing.join(', ')}. Install them (Debian, Ubuntu: sudo apt-get install ${missing.join(' ')}) and run this again.`,
    );
  }
  say(`installing ${missing.join(', ')} (${purpose})`);
  const install = [...prefix, 'apt-get', 'install', '-y', '--no-install-recommends', ...missing];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if ((await runQuietly(install, env)) === 0) return;
  // A fresh image has no package lists yet.
  await runQuietly([...prefix, 'apt-get', 'update'], env);
  if ((await runQuietly(install, env)) !== 0) {
    throw new ScriptError(`apt-get could not install ${missing.join(', ')} (${purpose}). Its output stands above.`);
  }
}

function hasPackage(name) {
  const { stdout, status } = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' });
  return status === 0 && stdout.includes('install ok installed');
}

/** What to put in front of apt-get: nothing for root, sudo for others, null where neither works. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return isInstalled('sudo', ['-n', 'true']) ? ['sudo', '-n'] : null;
}

function runQuietly([command, ...args], env) {
  return run(command, args, { env });
}
