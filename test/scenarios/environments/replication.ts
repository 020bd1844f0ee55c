import type { DataSourceOptions } from 'typeorm';
import { Authors, Books, lens, openLibrary } from './library';

void (async () => {
  const url = process.env['SCENARIOS_POSTGRES'];
  const library = await openLibrary({ type: 'postgres', replication: { master: { url }, slaves: [{ url }] } } as DataSourceOptions);
  await lens().scope('replicated', async () => {
    const authors = await library.getRepository(Authors).find(); // J10 parent
    // Reads go to the replica, those of a runner for writing to the master.
    const master = library.createQueryRunner('master');
    for (const { id } of authors) {
      const manager = id === 3 ? master.manager : library.manager;
      await manager.getRepository(Books).findBy({ authorId: id }); // J10 site
    }
    await master.release();
  });
  await library.destroy();
})();
