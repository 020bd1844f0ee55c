/** A and D: lazy relations. The lines marked with a case and a role are what the findings must name. */
import { Authors, Books, Categories, Comments, Countries, dataSource, Profiles, Tags, type Author } from './schema';
import { scenario } from './harness';

const authors = dataSource.getRepository(Authors);
const books = dataSource.getRepository(Books);
const comments = dataSource.getRepository(Comments);
const countries = dataSource.getRepository(Countries);
const profiles = dataSource.getRepository(Profiles);
const tags = dataSource.getRepository(Tags);
const categories = dataSource.getRepository(Categories);

scenario('A1', async () => {
  const list = await authors.find(); // A1 parent
  for (const author of list) await author.books; // A1 site
});

scenario('A2', async () => {
  const list = await books.find(); // A2 parent
  for (const book of list) await book.author; // A2 site
});

scenario('A3', async () => {
  const list = await authors.find(); // A3 parent
  for (const author of list) await author.profile; // A3 site
});

scenario('A4', async () => {
  const list = await profiles.find(); // A4 parent
  for (const profile of list) await profile.author; // A4 site
});

scenario('A5', async () => {
  const list = await books.find(); // A5 parent
  for (const book of list) await book.tags; // A5 site
});

scenario('A6', async () => {
  const list = await tags.find(); // A6 parent
  for (const tag of list) await tag.books; // A6 site
});

scenario('A7', async () => {
  const list = await authors.find(); // A7 parent
  await Promise.all(list.map((author) => author.books)); // A7 site
});

scenario('A8', async () => {
  for (const author of await authors.find({ relations: { books: true } })) await author.books;
});

scenario('A9', async () => {
  const list = await authors.createQueryBuilder('a').leftJoinAndSelect('a.books', 'b').getMany();
  for (const author of list) await author.books;
});

scenario('A10', async () => {
  const list = await authors.find();
  await list[0]?.books;
});

scenario('A11', async () => {
  const author = await authors.findOneBy({ id: 101 });
  await author?.books;
});

scenario('A12', async () => {
  const list = await authors.findBy({ name: 'author 3' }); // A12 parent
  for (const author of list) await author.books; // A12 site
});

scenario('A12 alone', async () => {
  const [author] = await authors.findBy({ name: 'author 3' });
  await author?.books;
});

scenario('A12 literal', async () => {
  const [author] = await authors.findBy({ name: 'author 3' });
  for (const relation of ['books'] as const) await author?.[relation];
});

scenario('A13', async () => {
  const alone = await authors.findOneBy({ id: 101 });
  await alone?.books;
  const list = await authors.find(); // A13 parent
  for (const author of list) await author.books; // A13 site
});

scenario('A14', async () => {
  const created = await dataSource.getRepository(Authors).save({ name: 'new' });
  const list = await authors.find(); // A14 parent
  for (const author of list) await author.books; // A14 site
  await authors.delete(created.id);
});

class AuthorView {
  constructor(private readonly author: Author) {}

  async toPlain() {
    return { name: this.author.name, books: await this.author.books }; // A15 site
  }
}

scenario('A15', async () => {
  const list = await authors.find(); // A15 parent
  const views = list.map((author) => new AuthorView(author));
  for (const view of views) await view.toPlain();
});

scenario('A16', async () => {
  await authors.insert([{ name: 'x' }, { name: 'y' }, { name: 'z' }]);
  const list = await authors.createQueryBuilder('a').where('a.id > 112').getMany(); // A16 parent
  for (const author of list) await author.country; // A16 site
  await authors.createQueryBuilder().delete().where('id > 112').execute();
});

scenario('A17', async () => {
  const list = await authors.find(); // A17 parent
  for (const author of list) {
    await author.books; // A17 site
    await author.books;
  }
});

scenario('A18', async () => {
  for (const author of await authors.find()) {
    author.books = Promise.resolve([]);
    await author.books;
  }
});

scenario('A19', async () => {
  const book = await books.findOneByOrFail({ id: 201 });
  for (const comment of await book.comments) await comment.book; // A19 site
});

scenario('A20', async () => {
  const list = await books.find();
  for (const book of list) if (book.id % 12 === 0) await book.comments; // A20 site
});

scenario('D1', async () => {
  const list = await countries.find(); // D1 parent
  for (const country of list) {
    for (const author of await country.authors) await author.books; // D1 site
  }
});

scenario('D2', async () => {
  const list = await countries.find({ relations: { authors: true } }); // D2 parent
  for (const country of list) {
    for (const author of await country.authors) await author.books; // D2 site
  }
});

scenario('D3', async () => {
  const list = await countries.find({ relations: { authors: { books: true } } });
  for (const country of list) {
    for (const author of await country.authors) await author.books;
  }
});

scenario('D4', async () => {
  const list = await books.find(); // D4 parent
  for (const book of list) {
    await book.author; // D4 first site
    await book.comments; // D4 site
  }
});

scenario('D5', async () => {
  const list = await books.find({ relations: { author: true } }); // D5 parent
  for (const book of list) {
    await book.author;
    await book.comments; // D5 site
  }
});

scenario('D9', async () => {
  const comment = await comments.findOneByOrFail({ id: 401 });
  await comment.book;
  await books.findOneBy({ id: comment.bookId });
});

scenario('E1', async () => {
  let category = await categories.findOneBy({ id: 501 });
  while (category) category = await category.parent; // E1 site
});
