import 'reflect-metadata';
import { runScenarios } from './harness';
import { fillMapped, mappedSource } from './mappedSchema';
import { cachingSource, dataSource, fill } from './schema';
import { fillShop, shopSource } from './shopSchema';

async function main(): Promise<void> {
  await dataSource.initialize();
  await fill();
  await cachingSource.initialize();
  await mappedSource.initialize();
  await fillMapped();
  await shopSource.initialize();
  await fillShop();
  await import('./lazyRelations.js');
  await import('./loops.js');
  await import('./correctCode.js');
  await import('./writes.js');
  await import('./mapping.js');
  await import('./eager.js');
  await runScenarios();
  await Promise.all([dataSource, cachingSource, mappedSource, shopSource].map((source) => source.destroy()));
}

void main();
