// npm run test:electron: the same end-to-end suite in a desktop VS Code, which @vscode/test-electron downloads.
//   RELATION_LENS_VSCODE_VERSION=1.90.0 npm run test:electron      (default: stable)
import { ensureDependencies } from './lib/dependencies.mjs';
import { main, ScriptError } from './lib/run.mjs';
import { vscodeStep } from './lib/vscodeStep.mjs';

main(async () => {
  await ensureDependencies();
  const executable = await downloadVscode(process.env.RELATION_LENS_VSCODE_VERSION ?? 'stable');
  const { passed, failed } = await vscodeStep({ ...process.env, RELATION_LENS_VSCODE: executable });
  if (failed > 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed`);
});

async function downloadVscode(version) {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  try {
    return await downloadAndUnzipVSCode(version);
  } catch (error) {
    throw new ScriptError(
      `VS Code ${version} could not be downloaded (${error.message}). Without it, "npm run test:vscode" runs the suite in code-server.`,
    );
  }
}
