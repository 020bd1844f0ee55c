import 'reflect-metadata';
import { runScenarios } from './harness';
import { dataSource, fill } from './schema';

async function main(): Promise<void> {
  await dataSource.initialize();
  await fill();
  await import('./lazyRelations.js');
  await import('./loops.js');
  await import('./correctCode.js');
  await import('./writes.js');
  await runScenarios();
  await dataSource.destroy();
}

void main();
