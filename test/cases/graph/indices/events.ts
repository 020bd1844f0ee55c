import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';

const byPlace = ['place', 'startsAt'];

@Entity()
@Index('event_name', ['name'], { unique: true })
@Index(byPlace)
@Index((event: Event) => [event.name, event.place])
@Index('event_map', (event: Event) => ({ place: 1, name: -1 }))
@Index('hand_made', { synchronize: false })
@Index(['place'], { synchronize: false })
@Index(['host', 'name'])
@Unique('one_per_host', ['host', 'startsAt'])
@Unique((event: Event) => [event.name, event.startsAt])
export class Event {
  @PrimaryGeneratedColumn()
  id: number;

  @Index({ unique: true })
  @Column()
  name: string;

  @Index('place_index')
  @Column({ unique: true })
  place: string;

  @Unique('starts', ['ignored'])
  @Column()
  startsAt: Date;

  @Index()
  @ManyToOne(() => Event)
  @JoinColumn({ name: 'host_id' })
  host: Event;
}
