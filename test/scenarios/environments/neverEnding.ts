import { Authors, lens, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  await lens().scope('worker', async () => {
    const authors = await library.getRepository(Authors).find(); // J14 parent
    for (const author of authors) await author.books; // J14 site
    // Waits for work as long as it lives.
    await new Promise(() => setInterval(() => undefined, 1_000));
  });
})();
