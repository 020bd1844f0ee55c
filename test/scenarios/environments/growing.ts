import { Authors, lens, openLibrary } from './library';

/** A nightly report, which asks for more from one version to the next. */
void (async () => {
  const library = await openLibrary();
  const authors = library.getRepository(Authors);
  await lens().scope('report', async () => {
    await authors.count();
    await authors.find();
    if (process.env['VERSION'] !== '2') return;
    await authors.findOneBy({ name: 'Ann' });
    await authors.existsBy({ name: 'Bob' });
    await authors.find({ order: { name: 'DESC' } });
  });
  await lens().scope('unchanged', () => authors.count());
})();
