import { openLibrary, lens } from './library';

const QUERIES = 100_000;

void (async () => {
  const library = await openLibrary();
  await lens().scope('import', async () => {
    for (let id = 1; id <= QUERIES; id++) await library.query('SELECT name FROM author WHERE id = ?', [(id % 3) + 1]); // J15 site
  });
})();
