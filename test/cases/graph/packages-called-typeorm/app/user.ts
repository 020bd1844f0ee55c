import { Column, Entity, ManyToOne } from 'typeorm';
import { Group, UserWithGroups } from '@acme/typeorm';

@Entity()
export class User extends UserWithGroups {
  @Column({ unique: true })
  email: string;

  @ManyToOne(() => Group)
  first: Group;
}
