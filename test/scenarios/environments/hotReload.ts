import { Authors, lens, openLibrary } from './library';

void (async () => {
  for (let reload = 0; reload < 3; reload++) {
    const library = await openLibrary();
    if (reload === 2) {
      await lens().scope('after two reloads', async () => {
        const authors = await library.getRepository(Authors).find(); // J19 parent
        for (const author of authors) await author.books; // J19 site
      });
    }
    await library.destroy();
  }
})();
