import { describe, expect, it } from 'vitest';
import { isForeignKeyIndexed } from '../../../../src/core/edits/rowOrder';
import { memoryProject } from '../typeorm/memoryProject';

describe('the foreign key behind a one-to-many', () => {
  it.each([
    ['no index', '', '', false],
    ['an index of its own', '', '@Index()', true],
    ['an index that begins with it', '@Index(["author", "title"])', '', true],
    ['an index that begins with something else', '@Index(["title", "author"])', '', false],
    ['a unique constraint that begins with something else', '@Unique(["title", "author"])', '', false],
  ])('%s', (_, onClass, onRelation, indexed) => {
    const { project } = memoryProject({
      'book.ts': `
        import { Column, Entity, Index, ManyToOne, OneToMany, PrimaryGeneratedColumn, Unique } from 'typeorm';
        @Entity() export class Author { @PrimaryGeneratedColumn() id: number; @OneToMany(() => Book, (book) => book.author) books: Book[]; }
        @Entity() ${onClass} export class Book {
          @PrimaryGeneratedColumn() id: number; @Column() title: string; ${onRelation} @ManyToOne(() => Author, (author) => author.books) author: Author;
        }`,
    });
    const graph = project.graph();
    const books = graph.entities.find(({ name }) => name === 'Author')?.relations[0];
    expect(books && isForeignKeyIndexed(graph, books)).toBe(indexed);
  });
});
