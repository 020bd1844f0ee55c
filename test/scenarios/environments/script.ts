import { Authors, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  const authors = await library.getRepository(Authors).find(); // J7 parent
  for (const author of authors) await author.books; // J7 site
  await library.destroy();
})();
