import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn } from 'typeorm';
import { fromEnvironment, key, Names, prefix, tables, text } from './names';
import * as everything from './names';

const relation = { onDelete: 'CASCADE', cascade: ['insert'] } as const;

@Entity({ name: tables.users })
export class User {
  static readonly nameColumn = `${prefix}name`;

  @PrimaryColumn({ name: Names.Id })
  id: number;

  @Column({ ...text, name: User.nameColumn })
  name: string;

  @Column(key('parent_key', { nullable: true }))
  parentKey: number;

  @Column(key('xother'))
  other: string;

  @Column({ type: fromEnvironment, ...(true && { nullable: true }) })
  seenAt: Date;

  @OneToMany(() => Post, (post) => post.user, relation)
  posts: Post[];
}

@Entity(everything.tables['posts'])
export class Post {
  @PrimaryColumn()
  id: number;

  @ManyToOne(() => User, (user) => user.posts, { ...relation, onDelete: undefined, nullable: !true })
  @JoinColumn({ name: Names.Owner, referencedColumnName: 'id' })
  user: User;
}
