import { Authors, lens, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  await lens().scope('doomed', async () => {
    const authors = await library.getRepository(Authors).find(); // J22 parent
    for (const author of authors) await author.books; // J22 site
    setTimeout(() => {
      throw new Error('crashed on purpose');
    }, 50);
    await new Promise(() => undefined);
  });
})();
