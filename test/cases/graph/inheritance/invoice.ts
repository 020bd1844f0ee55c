import { Column, Entity, ManyToOne } from 'typeorm';
import * as models from './base';
import { Employee } from './person';

@Entity()
export class Invoice extends models.Model {
  @Column({ type: 'int', array: true })
  amounts: number[];

  /** Only the target of a relation can be changed by a subclass. */
  @ManyToOne(() => Employee, { onDelete: 'CASCADE', nullable: false })
  owner: Employee;
}
