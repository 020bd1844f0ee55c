/** A made-up workspace of entities, as large as wanted: modules of forty entities, with base class, enums and relations to neighbours. */

export interface MadeUpFile {
  readonly file: string;
  readonly text: string;
}

const perModule = 40;

export function makeEntityFiles(count: number): MadeUpFile[] {
  return [
    { file: '/work/src/common/base.entity.ts', text: baseEntity },
    ...Array.from({ length: count }, (_, index) => ({ file: fileOf(index), text: makeEntity(index, count) })),
  ];
}

/** The file of the entity of that number. */
export function fileOf(index: number): string {
  return `/work/src/module${Math.floor(index / perModule)}/entities/item${index}.entity.ts`;
}

const baseEntity = `import { CreateDateColumn, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

export abstract class BaseModel {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @CreateDateColumn({ name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn({ name: 'updated_at' })
  updatedAt: Date;
}
`;

function makeEntity(index: number, count: number): string {
  const [parent, other, child] = [(index + 1) % count, (index + 7) % count, (index + count - 1) % count];
  const from = (target: number): string => `../../module${Math.floor(target / perModule)}/entities/item${target}.entity`;
  return `import { Column, Entity, Index, JoinColumn, JoinTable, ManyToMany, ManyToOne, OneToMany } from 'typeorm';
import { BaseModel } from '../../common/base.entity';
import { Item${parent} } from '${from(parent)}';
import { Item${other} } from '${from(other)}';
import { Item${child} } from '${from(child)}';

export enum Item${index}Status {
  Open = 'open',
  Closed = 'closed',
}

/** Number ${index} of the made-up entities. */
@Entity('items_${index}')
@Index(['title', 'status'])
export class Item${index} extends BaseModel {
  @Column({ type: 'varchar', length: 120 })
  title: string;

  @Column({ type: 'enum', enum: Item${index}Status, default: Item${index}Status.Open })
  status: Item${index}Status;

  @Column({ nullable: true })
  note?: string;

  @Column('int', { default: 0 })
  amount: number;

  @Column({ name: 'due_date', type: 'timestamp', nullable: true })
  dueDate: Date | null;

  @ManyToOne(() => Item${parent}, (parent) => parent.children, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'parent_id' })
  parent: Item${parent};

  @OneToMany(() => Item${child}, (child) => child.parent, { cascade: true })
  children: Item${child}[];

  @ManyToMany(() => Item${other})
  @JoinTable({ name: 'items_${index}_others' })
  others: Item${other}[];

  isOverdue(now: Date): boolean {
    return this.dueDate !== null && this.dueDate.getTime() < now.getTime() && this.status === Item${index}Status.Open;
  }

  describe(): string {
    return [this.title, this.note ?? '', String(this.amount)].filter((part) => part.length > 0).join(', ');
  }
}
`;
}
