// npm test: installs what is missing, then runs everything a change must pass. The last line is the sum of all tests.
import { ensureDependencies } from './lib/dependencies.mjs';
import { CHROMIUM_ENV, ensureChromium } from './lib/chromium.mjs';
import { installCodeServer } from './lib/codeServer.mjs';
import { main, say } from './lib/run.mjs';
import { mendStep } from './lib/mendStep.mjs';
import { scenariosStep } from './lib/scenariosStep.mjs';
import { checkStep, vitestStep } from './lib/steps.mjs';
import { vscodeStep } from './lib/vscodeStep.mjs';

main(async () => {
  await ensureDependencies();
  const env = { ...process.env, [CHROMIUM_ENV]: await ensureChromium() };
  await installCodeServer();
  const results = [
    await checkStep('types', 'npm', ['run', '--silent', 'typecheck']),
    await checkStep('lint', 'npx', ['eslint', '.']),
    await checkStep('format', 'npx', ['prettier', '--check', '--log-level=warn', '.']),
    await checkStep('unused code', 'npx', ['knip', '--no-config-hints']),
    await checkStep('build', process.execPath, ['esbuild.js']),
    await vitestStep('unit', env),
    await vitestStep('differential', env),
    await vitestStep('probe', env),
    await scenariosStep(env),
    await mendStep(env),
    await vitestStep('process', env),
    await vitestStep('webview', env),
    await vscodeStep(env),
  ];
  report(results);
});

function report(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  say('summary');
  for (const { title, passed, failed, failures } of results) {
    console.log(`  ${failed === 0 ? '✔' : '✖'} ${title}: ${passed} passed, ${failed} failed`);
    for (const failure of failures) console.log(`      ${failure}`);
  }
  if (sum('failed') > 0) process.exitCode = 1;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
}
