import 'reflect-metadata';
import { Entity, PrimaryGeneratedColumn, Column, ManyToOne, Index } from 'typeorm';
export class Plain { id!: number; a!: string; b!: string; parent!: Plain }
Entity('plain_tbl')(Plain);
PrimaryGeneratedColumn()(Plain.prototype, 'id');
for (const [name, nullable] of [['a', true], ['b', false]] as const) { Column({ nullable, type: 'varchar' })(Plain.prototype, name); }
['c', 'd'].forEach((k, i) => Column('int', { name: `${k}${i}` })(Plain.prototype, k));
if (!process.env.NOPE) { ManyToOne(() => Plain)(Plain.prototype, 'parent'); } else { Index(['a'])(Plain); }
