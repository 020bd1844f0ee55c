import { ChildEntity, Column, Entity, Index, JoinColumn, ManyToOne, OneToMany, OneToOne, PrimaryGeneratedColumn, type Relation, TableInheritance } from 'typeorm';

export class Counters {
  @Column()
  likeCount: number;
}

@Entity('contents')
@TableInheritance({ pattern: 'STI', column: { type: 'varchar', name: 'kind' } })
export abstract class Content {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  title: string;

  @OneToOne(() => Statistic, (statistic) => statistic.content)
  @JoinColumn()
  statistic: Relation<Statistic>;
}

@ChildEntity()
export class Photo extends Content {
  @Column()
  size: string;

  @Index()
  @Column({ unique: true })
  hash: string;
}

@ChildEntity('vid')
export class Video extends Content {
  @Column({ name: 'video_size' })
  size: number;

  @ManyToOne(() => Photo)
  cover: Photo;
}

@ChildEntity()
export class Clip extends Video {
  @OneToMany(() => Statistic, (statistic) => statistic.clip)
  statistics: Statistic[];
}

@Entity()
export class Statistic {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToOne(() => Content, (content) => content.statistic)
  content: Content;

  @ManyToOne(() => Clip, 'statistics')
  clip: Clip;
}

/** The discriminator is a declared property; embedded values and a generated key cost its automatic index. */
@Entity()
@TableInheritance({ column: 'type' })
export class Account {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  type: string;

  @Column(() => Counters)
  counters: Counters;
}

@ChildEntity(7)
export class Savings extends Account {
  @Column()
  rate: number;
}
