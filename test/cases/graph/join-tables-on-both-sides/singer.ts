import { Entity, JoinTable, ManyToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Album } from './album';

/** Its module is loaded by the album's, and so before it. */
@Entity()
export class Singer {
  @PrimaryGeneratedColumn()
  id!: number;

  @ManyToMany(() => Album, (album) => album.singers)
  @JoinTable()
  albums!: Album[];
}
