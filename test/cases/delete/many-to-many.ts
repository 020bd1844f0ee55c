import { Entity, JoinTable, ManyToMany, PrimaryGeneratedColumn, type Relation } from 'typeorm';

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToMany(() => Tag, (tag) => tag.books)
  @JoinTable()
  tags: Relation<Tag[]>;

  @ManyToMany(() => Shelf)
  @JoinTable()
  shelves: Relation<Shelf[]>;
}

@Entity()
export class Tag {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToMany(() => Book, (book) => book.tags)
  books: Book[];
}

@Entity()
export class Shelf {
  @PrimaryGeneratedColumn()
  id: number;
}
