import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export class Channel {
  @Column()
  name: string;
}

@Entity()
export class Member {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(() => Channel)
  channel: Channel;
}
