import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Strict {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;

  constructor(options: { name?: string }) {
    if (!options) throw new TypeError('options are required');
    this.name = options.name ?? '';
  }
}
