import { Entity, PrimaryGeneratedColumn, Column } from 'typeorm';
const isTest = process.env.RL_NOPE === 'test';
const notProd = process.env.RL_NOPE !== 'production';
const flag = !process.env.RL_FLAG;
const { RL_PREFIX = 'pre_' } = process.env;
@Entity(`${RL_PREFIX}thing`) export class Thing {
 @PrimaryGeneratedColumn() id!: number; @Column({ name: isTest ? 'a_test' : 'a_real' }) a!: string; @Column({ name: notProd ? 'np' : 'p' }) b!: string; @Column({ nullable: flag }) c!: string;
 @Column({ name: process.env.RL_X ?? 'dflt' }) d!: string; @Column({ name: (process.env.RL_X || 'or') + '_x' }) e!: string; @Column({ type: process.env.RL_DB === 'sqlite' ? 'text' : 'jsonb', nullable: process.env.RL_DB != null }) f!: string;
 @Column({ name: typeof process.env.RL_X === 'string' ? 's' : 'u' }) g!: string; @Column({ ...(process.env.RL_X ? { name: 'set' } : { name: 'unset' }) }) h!: string; @Column({ name: ['a', process.env.RL_X && 'x', 'b'].filter(Boolean).join('-') }) i!: string }
