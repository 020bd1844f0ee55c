/** A monorepo's packages with a TypeORM each, in one process. */
import * as other from 'typeorm-0.3';
import { Authors, lens, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  const Shelves = new other.EntitySchema<{ id: number }>({ name: 'Shelf', columns: { id: { type: Number, primary: true, generated: true } } });
  const shop = await new other.DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: [Shelves] }).initialize();
  const shelves = shop.getRepository(Shelves);
  await shelves.insert([{ id: 1 }, { id: 2 }, { id: 3 }]);
  await lens().scope('both', async () => {
    const authors = await library.getRepository(Authors).find(); // J18 parent
    for (const author of authors) await author.books; // J18 site
    const all = await shelves.find(); // J18 second parent
    for (const { id } of all) await shelves.findOneBy({ id }); // J18 second site
  });
})();
