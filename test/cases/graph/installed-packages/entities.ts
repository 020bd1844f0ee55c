import { SoftDeletable, Session } from '@acme/entities';
import { TENANT, TenantColumn } from '@acme/columns';
import { Emitter } from '@acme/events';
import { Column, DataSource, Entity, Index, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
@Index(['tenant', 'number'], { unique: true })
export class Invoice extends SoftDeletable {
  @TenantColumn({ nullable: true })
  tenant: string;

  @Column()
  number: string;

  @ManyToOne(() => Session, { onDelete: 'SET NULL' })
  session: Session;
}

@Entity(`by_${TENANT}`)
export class Report extends Emitter {
  @PrimaryGeneratedColumn()
  id: number;
}

export const dataSource = new DataSource({ type: 'postgres', entities: [Invoice, Report, Session] });
