import { Column, Entity, ManyToOne, PrimaryGeneratedColumn, RelationId } from 'typeorm';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  title: string;

  @ManyToOne(() => Author)
  author: Author;

  @RelationId((book: Book) => book.title)
  titleId: number;
}
