import { Authors, lens, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  await lens().scope('one runner for all', async () => {
    await Promise.all([1, 2, 3, 4].map(() => library.createQueryRunner().query('SELECT 1 AS one')));
    await library.getRepository(Authors).count();
  });
})();
