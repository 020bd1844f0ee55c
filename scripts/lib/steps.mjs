// The steps of `npm test`, each giving how many tests passed and failed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, run, say } from './run.mjs';

const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const unhandledErrors = path.join(root, 'scripts/lib/unhandledErrors.mjs');

/** Runs an npm script that either holds or does not: it counts as one test. */
export async function checkStep(title, command, args) {
  say(title);
  const code = await run(command, args);
  return { title, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, failures: [] };
}

/** Runs one vitest project and counts its tests. */
export async function vitestStep(project, env = process.env) {
  const title = `tests: ${project}`;
  say(title);
  const folder = mkdtempSync(path.join(tmpdir(), 'relation-lens-test-'));
  const report = path.join(folder, 'report.json');
  const unhandled = path.join(folder, 'unhandled.json');
  const reporters = ['default', 'json', unhandledErrors].map((name) => `--reporter=${name}`);
  const args = [vitest, 'run', '--project', project, ...reporters, `--outputFile.json=${report}`];
  const code = await run(process.execPath, args, { env: { ...env, RELATION_LENS_UNHANDLED_ERRORS: unhandled } });
  const result = summarize(readJson(report, { numPassedTests: 0, numTotalTests: 0, testResults: [] }), readJson(unhandled, []), code);
  rmSync(folder, { recursive: true, force: true });
  return { title, ...result };
}

/** A skipped test counts as failed: nothing is allowed to hide. So does a file that could not be loaded, or a run that broke off. */
function summarize({ numPassedTests: passed, numTotalTests: total, testResults }, unhandled, code) {
  const failed = total - passed;
  const outside = unhandled.map((text) => `outside of any test: ${text}`);
  const failures = [...testResults.flatMap(failuresOfFile), ...outside];
  if (failed > 0 || code === 0) return { passed, failed, failures };
  return { passed, failed: 1, failures: failures.length > 0 ? failures : [`vitest ended with exit code ${code}`] };
}

/** One line for each test of a file that did not pass, and for a file that could not be loaded. */
function failuresOfFile({ name, message, assertionResults }) {
  const file = path.relative(root, name);
  const tests = assertionResults
    .filter((test) => test.status !== 'passed')
    .map((test) => `${file}: ${test.fullName}: ${firstLine(test.failureMessages[0] ?? test.status)}`);
  return message ? [`${file}: ${firstLine(message)}`, ...tests] : tests;
}

function firstLine(text) {
  return text.split('\n', 1)[0];
}

function readJson(file, otherwise) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return otherwise;
  }
}
