import _, { flowRight } from 'lodash';
import * as R from 'ramda';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

type Class = new (...args: any[]) => object;

function withId(base: any) {
  abstract class WithId extends base {
    @PrimaryGeneratedColumn('uuid')
    id: string;
  }
  return WithId as any;
}

const withDates = (base: any): any => {
  abstract class WithDates extends base {
    @CreateDateColumn({ name: 'created' })
    createdAt: Date;
  }
  return WithDates;
};

abstract class Named {
  @Column()
  name: string;
}

@Entity()
export class Draft extends _.flow(withId, withDates)(Named) {
  @Column()
  text: string;
}

@Entity()
export class Group extends flowRight([withDates, withId])(Named) {}

/** No function at all: what is given comes back. */
@Entity()
export class Plain extends (_.flow() as (base: Class) => any)(Named as Class) {
  @PrimaryGeneratedColumn()
  key: number;
}

@Entity()
export class Piped extends R.compose(withDates, withId)(Named) {}
