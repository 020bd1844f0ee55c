// npm run package: builds the extension and packs it into relation-lens-<version>.vsix.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureDependencies } from './lib/dependencies.mjs';
import { main, root, say } from './lib/run.mjs';
import { packVsix } from './lib/vsix.mjs';

main(async () => {
  await ensureDependencies();
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { file, megabytes } = await packVsix(path.join(root, `relation-lens-${version}.vsix`));
  say(`${path.basename(file)}: ${megabytes.toFixed(2)} MB`);
});
