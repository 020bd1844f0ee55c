import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

type Class<T = object> = new (...args: any[]) => T;

export function withId<T extends Class>(base: T) {
  class WithId extends base {
    @PrimaryGeneratedColumn('uuid')
    id: string;
  }
  return WithId;
}

export const withDates = <T extends Class>(base: T) => {
  abstract class WithDates extends base {
    @CreateDateColumn({ name: 'created' })
    createdAt: Date;
  }
  return WithDates;
};

class Empty {}
export const Stored = withDates(withId(Empty));

@Entity()
export class Note extends Stored {
  @Column()
  text: string;
}

/** Decorators in class expressions are not emitted, and an anonymous class ends TypeORM's search for base classes. */
const anonymous = (base: any): any =>
  class extends base {
    @Column()
    lost: string;
  };

@Entity()
export class Odd extends anonymous(Stored) {
  @PrimaryGeneratedColumn()
  key: number;
}
