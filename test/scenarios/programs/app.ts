import 'reflect-metadata';
import { runScenarios } from './harness';
import { fillMapped, mappedSource } from './mappedSchema';
import { cachingSource, dataSource, fill, narrowSource } from './schema';
import { fillShop, shopSource } from './shopSchema';

async function main(): Promise<void> {
  await dataSource.initialize();
  await fill();
  await cachingSource.initialize();
  await narrowSource.initialize();
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
  await import('./adversarial.js');
  await import('./disguises.js');
  const { openServices } = await import('./services.js');
  const closeServices = await openServices();
  await import('./oneRow.js');
  await import('./sameRows.js');
  await runScenarios();
  await closeServices();
  await Promise.all([dataSource, cachingSource, narrowSource, mappedSource, shopSource].map((source) => source.destroy()));
}

void main();
