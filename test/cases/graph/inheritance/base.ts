import { Column, CreateDateColumn, DeleteDateColumn, Index, ManyToOne, PrimaryGeneratedColumn, Unique, UpdateDateColumn, VersionColumn } from 'typeorm';
import { Person } from './person';

export abstract class Identified {
  @PrimaryGeneratedColumn('increment')
  id: number;
}

@Unique(['code'])
@Index(['code', 'createdAt'])
export abstract class Model extends Identified {
  @Column({ name: 'code_text' })
  code: string;

  @CreateDateColumn({ name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn()
  updatedAt: Date;

  @DeleteDateColumn()
  deletedAt?: Date;

  @VersionColumn()
  version: number;

  @ManyToOne(() => Person, { onDelete: 'RESTRICT' })
  owner: Person;
}
