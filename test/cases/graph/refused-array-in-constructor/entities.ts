import { Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Album {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToMany(() => Picture, (picture) => picture.album)
  pictures: Picture[];

  constructor() {
    this.pictures = [];
  }
}

@Entity()
export class Picture {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Album, (album) => album.pictures)
  album: Album;
}
