import { Column, Entity, JoinColumn, OneToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Author } from './author';

@Entity({ name: 'profiles', schema: 'people' })
export class Profile {
  @PrimaryGeneratedColumn('uuid', { name: 'profile_id' })
  id: string;

  @Column('varchar', { nullable: true, unique: true })
  homepage: string;

  @OneToOne(() => Author, 'profile', { onDelete: 'SET NULL' })
  @JoinColumn()
  author: Author;

  @OneToOne(() => Author)
  nobodyOwnsThis: Author;
}
