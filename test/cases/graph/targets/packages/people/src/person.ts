import { Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export default class Human {
  @PrimaryGeneratedColumn()
  id: number;
}
