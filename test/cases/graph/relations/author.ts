import { Column, Entity, OneToMany, OneToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Book } from './book';
import { Profile } from './profile';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ length: 80 })
  name: string;

  @OneToMany(() => Book, (book) => book.author, { cascade: ['update', 'insert'] })
  books: Book[];

  @OneToMany(() => Book, (book) => book.editor)
  edited: Book[];

  @OneToOne(() => Profile, (profile) => profile.author, { cascade: true })
  profile: Profile;
}
