import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Person {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;
}

/** An entity of its own, with all columns of its base entity. */
@Entity()
export class Employee extends Person {
  @Column({ name: 'ignored', nullable: true })
  name: string;

  @Column('decimal', { precision: 10, scale: 2 })
  salary: number;
}
