import { Column, Entity, ManyToMany, PrimaryGeneratedColumn, Tree, TreeChildren, TreeParent } from 'typeorm';
import { Book } from './book.entity';

/** A tree: Fiction › Crime › Nordic noir. */
@Entity()
@Tree('closure-table')
export class Category {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ unique: true })
  name: string;

  @TreeParent({ onDelete: 'CASCADE' })
  parent: Category | null;

  @TreeChildren({ cascade: ['insert'] })
  children: Category[];

  @ManyToMany(() => Book, (book) => book.categories)
  books: Book[];
}
