// npm run tour: takes the pictures of README and docs/tour anew, with the extension as it is now. Needs ImageMagick and gifsicle (Debian packages of these names).
import path from 'node:path';
import { CHROMIUM_ENV, ensureChromium } from './lib/chromium.mjs';
import { installCodeServer } from './lib/codeServer.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { main, mustRun, root } from './lib/run.mjs';
import { packVsix } from './lib/vsix.mjs';

main(async () => {
  await ensureDependencies();
  await installCodeServer();
  const { file } = await packVsix(path.join(root, '.vscode-test/relation-lens.vsix'));
  const env = { ...process.env, [CHROMIUM_ENV]: await ensureChromium(), RELATION_LENS_VSIX: file };
  await mustRun(process.execPath, ['--import', 'tsx', 'test/vscode/tour.ts'], { what: 'The tour', env });
});
