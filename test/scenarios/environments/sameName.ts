import { Authors, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  const archive = await openLibrary();
  const authors = await library.getRepository(Authors).find(); // J9 parent
  for (const author of authors) await author.books; // J9 site
  // The same questions of the other database are no repetition of these.
  await archive.getRepository(Authors).find();
  await archive.getRepository(Authors).findOneBy({ id: 1 });
  await library.getRepository(Authors).findOneBy({ id: 1 });
})();
