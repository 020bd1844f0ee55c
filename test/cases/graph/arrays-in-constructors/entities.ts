import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

/** None of these arrays is there when TypeORM makes an album to look at it, or it is no relation's. */
@Entity()
export class Album {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToMany(() => Picture, (picture) => picture.album)
  pictures: Picture[];

  @OneToMany(() => Picture, (picture) => picture.cover)
  covers: Picture[] | undefined;

  @Column({ type: 'simple-array' })
  tags: string[];

  constructor(pictures?: Picture[]) {
    if (pictures) this.pictures = [];
    this.tags = [];
    this.covers = [];
    this.covers = undefined;
  }

  withPictures() {
    this.pictures = [];
    return this;
  }
}

@Entity()
export class Picture {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Album, (album) => album.pictures)
  album: Album;

  @ManyToOne(() => Album, (album) => album.covers)
  cover: Album;
}
