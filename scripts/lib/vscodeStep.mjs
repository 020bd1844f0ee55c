// The end-to-end suite on the packaged extension, in code-server or in a desktop VS Code.
import path from 'node:path';
import { root, say } from './run.mjs';
import { vitestStep } from './steps.mjs';
import { packVsix } from './vsix.mjs';

/** Packs the extension and runs test/vscode with it. `RELATION_LENS_VSCODE` in the environment chooses the editor. */
export async function vscodeStep(env) {
  try {
    const { file, megabytes } = await packVsix(path.join(root, '.vscode-test/relation-lens.vsix'));
    say(`the packaged extension has ${megabytes.toFixed(2)} MB`);
    return await vitestStep('vscode', { ...env, RELATION_LENS_VSIX: file });
  } catch (error) {
    console.error(error);
    return { title: 'tests: vscode', passed: 0, failed: 1, failures: [String(error)] };
  }
}
