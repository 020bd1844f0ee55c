import { Entity, JoinTable, ManyToMany, ManyToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToMany(() => Tag, (tag) => tag.books, { cascade: true })
  @JoinTable()
  tags: Relation<Tag[]>;
}

@Entity()
export class Tag {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToMany(() => Book, (book) => book.tags)
  books: Book[];
}

@Entity()
export class Label {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Tag, { onDelete: 'SET NULL' })
  tag: Tag | null;
}
