import { CreateDateColumn, UpdateDateColumn } from 'typeorm';

/** Columns that most of our tables have. */
export abstract class Timestamped {
  @CreateDateColumn()
  createdAt: Date;

  @UpdateDateColumn()
  updatedAt: Date;
}
