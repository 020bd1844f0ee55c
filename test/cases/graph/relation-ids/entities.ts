import { ChildEntity, Column, Entity, EntitySchema, ManyToMany, ManyToOne, OneToMany, PrimaryGeneratedColumn, Relation, RelationId, TableInheritance } from 'typeorm';

const shelf = 'place.shelf';

abstract class Owned {
  @ManyToOne(() => Reader)
  owner: Relation<Reader>;

  @RelationId((owned: Owned) => owned.owner)
  ownerId: number;
}

@Entity()
export class Reader extends Owned {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToMany(() => Book, (book) => book.owner)
  books: Book[];

  @RelationId('books')
  bookIds: number[];
}

export class Place {
  @ManyToOne(() => Shelf)
  shelf: Relation<Shelf>;

  /** Seen from the entity, which this value is part of. */
  @RelationId(shelf)
  shelfId: number;
}

@Entity()
export class Shelf {
  @PrimaryGeneratedColumn()
  id: number;
}

@Entity()
@TableInheritance({ column: 'kind' })
export class Book extends Owned {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(() => Place)
  place: Place;

  @RelationId((book: Book) => book.place.shelf)
  placeId: number;
}

@ChildEntity()
export class Comic extends Book {
  @ManyToMany(() => Reader)
  fans: Reader[];

  @RelationId((comic: Comic) => comic.fans)
  fanIds: number[];
}

export const LoanSchema = new EntitySchema<{ id: number; book: Book; bookId: number }>({
  name: 'Loan',
  columns: { id: { type: Number, primary: true } },
  relations: { book: { type: 'many-to-one', target: 'LentBook' } },
  relationIds: { bookId: { relationName: 'book' } },
});

export const LentBookSchema = new EntitySchema<{ id: number }>({
  name: 'LentBook',
  columns: { id: { type: Number, primary: true } },
});
