/** A small app: two entities and a route that loads lazily in a loop. */
import type { Files } from './client';

export const bookshop: Files = {
  'package.json': '{ "name": "bookshop", "dependencies": { "typeorm": "^1.1.1" } }\n',
  'src/author.ts': `import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Book } from './book';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  name!: string;

  @OneToMany(() => Book, (book) => book.author)
  books!: Promise<Book[]>;
}
`,
  'src/book.ts': `import { Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Author } from './author';

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  title!: string;

  @Index()
  @ManyToOne(() => Author, (author) => author.books, { nullable: false, onDelete: 'CASCADE' })
  author!: Author;
}
`,
  'src/service.ts': `import { Author } from './author';
import { dataSource } from './dataSource';

export async function listAuthors(): Promise<string[]> {
  const authors = await dataSource.getRepository(Author).find();
  const lines: string[] = [];
  for (const author of authors) {
    const books = await author.books;
    lines.push(author.name + books.length);
  }
  return lines;
}
`,
};
