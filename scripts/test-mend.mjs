// npm run test:mend: apps with a loading mistake each, mended and run again, on SQLite and on a PostgreSQL that is started for them.
// UPDATE_GOLDEN=1 writes docs/edits.md anew.
import { ensureDependencies } from './lib/dependencies.mjs';
import { main } from './lib/run.mjs';
import { mendStep } from './lib/mendStep.mjs';

main(async () => {
  await ensureDependencies();
  const { passed, failed } = await mendStep();
  if (failed > 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed`);
});
