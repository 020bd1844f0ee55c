import { Column, Entity, Generated, JoinColumn, JoinTable, ManyToMany, ManyToOne, PrimaryColumn, type Relation, RelationId } from 'typeorm';
import { Author } from './author';
import { Tag as Label } from './tag';

@Entity('books')
export class Book {
  @PrimaryColumn('uuid')
  @Generated('uuid')
  id: string;

  @Column({ name: 'title_text', type: 'text' })
  title: string;

  /** The implicit join column of `author` is this column. */
  @Column({ default: null })
  authorId: number;

  @ManyToOne(() => Author, (author) => author.books, { onDelete: 'CASCADE', onUpdate: 'NO ACTION', nullable: false, orphanedRowAction: 'delete' })
  author: Relation<Author>;

  @ManyToOne(() => Author, { eager: true })
  @JoinColumn({ name: 'editor_id' })
  editor: Author | null;

  @ManyToOne(() => Author, undefined, { createForeignKeyConstraints: false, lazy: true })
  reader: Promise<Author>;

  @ManyToMany((type) => Label, (label) => label.books, { cascade: [] })
  @JoinTable()
  labels: Label[];

  @RelationId((book: Book) => book.editor)
  editorKey: number;
}
