import { Column, Entity } from 'typeorm';

@Entity()
export class Keyless {
  @Column()
  name: string;
}
