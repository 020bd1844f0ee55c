import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { bookedAt } from './services/booking';
import { Route } from './route';

@Entity()
export class Account {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  opened: string = bookedAt();

  @OneToMany(() => Route, (route) => route.account)
  swaps: Route[];

  @OneToMany(() => Route, (route) => route.account)
  sales: Route[];

  @OneToMany(() => Route, (route) => route.account)
  stakes: Route[];
}
