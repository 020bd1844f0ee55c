import { Column, Entity, JoinTable, ManyToMany, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Label } from './shared/label';
import { Singer } from './singer';

/** Both sides say `@JoinTable`: TypeORM makes two tables, and the relation that the other names as its inverse is read from the one it makes last. */
@Entity()
export class Album {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  title!: string;

  @ManyToOne(() => Label, (label) => label.albums)
  label!: Label;

  @ManyToMany(() => Singer)
  @JoinTable()
  singers!: Singer[];
}
