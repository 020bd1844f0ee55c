// The steps of `npm test`, each giving how many tests passed and failed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, run, say } from './run.mjs';

const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');

/** Runs an npm script that either holds or does not: it counts as one test. */
export async function checkStep(title, command, args) {
  say(title);
  const code = await run(command, args);
  return { title, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** Runs one vitest project and counts its tests. */
export async function vitestStep(project, env = process.env) {
  const title = `tests: ${project}`;
  say(title);
  const folder = mkdtempSync(path.join(tmpdir(), 'relation-lens-test-'));
  const report = path.join(folder, 'report.json');
  const args = [vitest, 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(process.execPath, args, { env });
  const counts = countTests(report, code);
  rmSync(folder, { recursive: true, force: true });
  return { title, ...counts };
}

/** A skipped test counts as failed: nothing is allowed to hide. So does a file that could not be loaded, or a run that broke off. */
function countTests(report, code) {
  const { numPassedTests: passed, numTotalTests: total } = readReport(report);
  const failed = total - passed;
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numTotalTests: 0 };
  }
}
