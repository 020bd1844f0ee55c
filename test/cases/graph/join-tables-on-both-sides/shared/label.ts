import { Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Album } from '../album';

@Entity()
export class Label {
  @PrimaryGeneratedColumn()
  id!: number;

  @OneToMany(() => Album, (album) => album.label)
  albums!: Album[];
}
