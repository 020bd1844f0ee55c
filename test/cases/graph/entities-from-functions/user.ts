import { Entity, PrimaryGeneratedColumn, ManyToOne } from 'typeorm';
import { CarHistory, histories } from './history';
@Entity() export class Note { @PrimaryGeneratedColumn() id!: number; @ManyToOne(() => CarHistory) h!: any; @ManyToOne(() => histories.more[1]!) m!: any; @ManyToOne(() => histories.boat) b!: any }
@Entity() export class Special extends CarHistory { @ManyToOne(() => Note) n!: Note }
