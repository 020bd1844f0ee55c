import { createApp } from './app';
import { dataSource } from './data-source';
import { seed } from './seed';

async function main(): Promise<void> {
  await dataSource.initialize();
  await seed(dataSource);
  const port = Number(process.env['PORT'] ?? 3000);
  createApp(dataSource).listen(port, '127.0.0.1', () => {
    console.log(`The bookshop is open: http://localhost:${port}/authors`);
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
