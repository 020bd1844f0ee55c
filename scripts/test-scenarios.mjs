// npm run test:scenarios [-- VITEST ARGUMENTS…]: the numbered cases alone, on SQLite and on a PostgreSQL that is started for them.
// UPDATE_GOLDEN=1 writes docs/scenarios.md anew.
import { ensureDependencies } from './lib/dependencies.mjs';
import { main } from './lib/run.mjs';
import { scenariosStep } from './lib/scenariosStep.mjs';

main(async () => {
  await ensureDependencies();
  const { passed, failed } = await scenariosStep();
  if (failed > 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed`);
});
