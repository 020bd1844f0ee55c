/** G: what was loaded and what was used of it. Each runs three times: what is unused is judged over several runs of a call path. */
import { scenario } from './harness';
import { Authors, Books, Comments, dataSource } from './schema';
import { Novel, Review, shopSource, Survey, Writer } from './shopSchema';

const writers = shopSource.getRepository(Writer);
const novels = shopSource.getRepository(Novel);
const reviews = shopSource.getRepository(Review);
const surveys = shopSource.getRepository(Survey);
const RUNS = 3;
const watched = (name: string, run: (turn: number) => Promise<unknown>) => scenario(name, run, RUNS);

watched('G1', async () => {
  const list = await writers.find({ relations: { novels: true } }); // G1 site
  for (const writer of list) void [writer.name, writer.bio];
});

watched('G2', async () => {
  const list = await writers.find({ relations: { novels: true } });
  for (const writer of list) void [writer.name, writer.bio];
  for (const novel of list[7]?.novels ?? []) void [novel.title, novel.text];
});

watched('G3', async () => {
  const list = await writers.find({ relations: { novels: { reviews: true } } }); // G3 site
  for (const writer of list) for (const novel of writer.novels) void [writer.name, writer.bio, novel.title, novel.text];
});

watched('G4', async () => {
  const list = await writers.find({ relations: { novels: { reviews: true } } }); // G4 site
  for (const writer of list) void [writer.name, writer.bio];
});

watched('G5', async () => {
  const list = await writers.find({ relations: { awards: true } });
  for (const writer of list) void [writer.name, writer.bio, writer.awards.length];
});

watched('G6', async () => {
  const list = await writers.createQueryBuilder('w').leftJoinAndSelect('w.novels', 'n').where('n.title LIKE :start', { start: 'novel%' }).getMany(); // G6 site
  for (const writer of list) void [writer.name, writer.bio];
});

watched('G7', async () => {
  JSON.stringify(await writers.find({ relations: { novels: true } })); // G7 site
});

const withNovels = (order: 'name' | 'id') => writers.find({ relations: { novels: true }, order: { [order]: 'ASC' } }); // G8 site

watched('G8', async () => {
  for (const writer of await withNovels('id')) void [writer.name, writer.bio];
  await reviews.find({ take: 1 });
  for (const writer of await withNovels('name')) for (const novel of writer.novels) void [novel.title, novel.text, writer.bio];
});

watched('G9', async (turn) => {
  const list = await writers.find({ relations: { novels: true } });
  for (const writer of list) void [writer.name, writer.bio, turn === 0 && writer.novels.map(({ title, text }) => [title, text])];
});

watched('G10', async () => {
  const writer = await writers.findOne({ where: { id: 2101 }, relations: { novels: true } }); // G10 site
  void [writer?.name, writer?.bio];
});

watched('G11', async () => {
  const writer = await writers.findOneOrFail({ where: { id: 2102 }, relations: { novels: true } });
  writer.name += '!';
  await writers.save(writer);
});

watched('G12', async () => {
  const list = await writers.find({ relations: { novels: true } });
  list.map((writer) => ({ ...writer }));
  structuredClone(list.map((writer) => Object.assign({}, writer)));
});

watched('G15', async () => {
  const list = await novels.find({ relations: { reviews: true }, where: { id: 2201 } });
  void list.map(({ title, text, reviews: all }) => [title, text, all.map((review) => review.text)]);
  const wide = await writers.find({ relations: { novels: { reviews: true } } }); // G15 site
  for (const writer of wide)
    for (const novel of writer.novels) void [writer.name, writer.bio, novel.title, novel.text, novel.reviews.map((review) => review.text)];
});

scenario('G16', () =>
  dataSource.getRepository(Comments).find({ relations: { book: { author: { country: true, profile: { author: { country: true } } } } } }),
);

scenario('G17', async () => {
  await dataSource.getRepository(Books).find({ take: 3, order: { id: 'ASC' }, relations: { comments: true, tags: true, author: { books: true } } }); // G17 site
});

watched('G18', async () => {
  const list = await surveys.find(); // G18 site
  for (const survey of list) void [survey.id, survey.answer0, survey.answer1];
});

watched('G18 saved', async () => {
  const list = await surveys.find({ take: 3, order: { id: 'ASC' } });
  for (const survey of list) survey.answer0 = `${survey.answer1}!`;
  await surveys.createQueryBuilder().update().set({ answer0: 'x' }).whereInIds(list).execute();
});

watched('G19', async () => {
  const list = await novels.find(); // G19 site
  for (const novel of list) void [novel.id, novel.title, novel.writerId];
});

watched('G21', async () => {
  void (await reviews.find()).length; // G21 site
});

watched('G21 filter', async () => {
  const list = await reviews.find(); // G21 filter site
  for (const review of list.filter(({ text }) => text.endsWith('7'))) void review.novelId;
});

watched('G22', async () => {
  let seen = 0;
  const list = await reviews.find(); // G22 site
  for (const review of list) {
    void [review.text, review.novelId];
    if (++seen === 5) break;
  }
});

watched('unloaded read', async () => {
  const list = await novels.find(); // unloaded read parent
  for (const novel of list) void [novel.title, novel.text, novel.writer?.name]; // unloaded read site
});

watched('unloaded read, filled', async () => {
  for (const novel of await novels.find({ take: 2, order: { id: 'ASC' } })) {
    void [novel.title, novel.text];
    if (!novel.writer) novel.writer = Object.assign(new Writer(), { id: novel.writerId });
  }
});

watched('unloaded read, lazy', async () => {
  const [author] = await dataSource.getRepository(Authors).find({ take: 1 });
  await author?.books;
});
