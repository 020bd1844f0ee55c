import { Column, Entity, JoinTable, ManyToMany, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

@Entity('group_of_people')
export class Group {
  @PrimaryColumn({ name: 'group_code' })
  code: string;

  @PrimaryColumn()
  year: number;

  @Column({ unique: true })
  slug: string;

  @ManyToMany(() => Person, (person) => person.groups)
  @JoinTable()
  people: Person[];

  @ManyToMany(() => Person)
  @JoinTable({ name: 'group_admin', joinColumn: { name: 'slug', referencedColumnName: 'slug' }, inverseJoinColumn: { name: 'person_id' } })
  admins: Person[];

  @ManyToMany(() => Person)
  @JoinTable({
    name: 'group_guests',
    joinColumns: [
      { name: 'year', referencedColumnName: 'year' },
      { name: 'code', referencedColumnName: 'code' },
    ],
  })
  guests: Person[];

  @ManyToMany(() => Person)
  @JoinTable({ name: 'a_given_name_that_is_much_longer_than_any_postgres_identifier_may_be' })
  peopleWithLongTable: Person[];
}

@Entity()
export class Person {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @ManyToMany(() => Group, (group) => group.people)
  groups: Group[];

  /** To itself: the columns of both sides would have one name. */
  @ManyToMany(() => Person, (person) => person.followers)
  @JoinTable()
  following: Person[];

  @ManyToMany(() => Person, (person) => person.following)
  followers: Person[];

  /** Both sides own a table; the later one counts for both. */
  @ManyToMany(() => Person, (person) => person.likedBy)
  @JoinTable({ name: 'likes' })
  likes: Person[];

  @ManyToMany(() => Person, (person) => person.likes)
  @JoinTable({ name: 'liked_by' })
  likedBy: Person[];
}
