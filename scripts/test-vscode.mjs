// npm run test:vscode: the end-to-end suite alone, in code-server. Screenshots of each step lie in test/screenshots/ afterwards.
import { CHROMIUM_ENV, ensureChromium } from './lib/chromium.mjs';
import { installCodeServer } from './lib/codeServer.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { main } from './lib/run.mjs';
import { vscodeStep } from './lib/vscodeStep.mjs';

main(async () => {
  await ensureDependencies();
  await installCodeServer();
  const { passed, failed } = await vscodeStep({ ...process.env, [CHROMIUM_ENV]: await ensureChromium() });
  if (failed > 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed`);
});
