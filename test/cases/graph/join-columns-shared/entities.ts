import { Column, Entity, Index, JoinColumn, ManyToOne, OneToOne, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

@Entity()
export class Shelf {
  @PrimaryColumn()
  room: number;

  @PrimaryColumn()
  place: number;
}

/** One name for both columns of a composite foreign key makes one column, which each reference has a path of its own for. */
@Entity()
@Index(['shelf'])
@Unique(['shelf', 'title'])
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  title: string;

  @ManyToOne(() => Shelf)
  @JoinColumn({ name: 'shelf_ref' })
  shelf: Shelf;

  @OneToOne(() => Book)
  @JoinColumn({ name: 'shelf_ref' })
  neighbour: Book;
}
