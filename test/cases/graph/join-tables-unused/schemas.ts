import { EntitySchema, Entity, JoinTable, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

/** Of a join table TypeORM reads nothing where no many-to-many owns it, not even the columns that it names. */
export const Reader = new EntitySchema({
  name: 'Reader',
  columns: { id: { type: Number, primary: true, generated: true } },
  relations: {
    bookmarks: {
      type: 'one-to-many',
      target: 'Bookmark',
      inverseSide: 'reader',
      joinTable: { joinColumn: { name: 'bookmark_id', referencedColumnName: 'reader_id' } },
    },
  },
});

export const Bookmark = new EntitySchema({
  name: 'Bookmark',
  columns: { id: { type: Number, primary: true, generated: true } },
  relations: {
    reader: {
      type: 'many-to-one',
      target: 'Reader',
      inverseSide: 'bookmarks',
      joinTable: { joinColumn: { name: 'reader_id', referencedColumnName: 'id' }, inverseJoinColumn: { name: 'id', referencedColumnName: 'reader_id' } },
    },
  },
});

@Entity()
export class Shelf {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Shelf)
  @JoinTable({ joinColumn: { name: 'x', referencedColumnName: 'nowhere' } })
  above: Shelf;
}
