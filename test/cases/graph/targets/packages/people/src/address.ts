import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import Somebody from './person';

@Entity('home')
export class Address {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Somebody)
  person: Somebody;
}
