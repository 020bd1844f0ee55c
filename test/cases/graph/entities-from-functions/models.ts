import { Entity, PrimaryGeneratedColumn, ManyToOne, OneToMany } from 'typeorm';
import { historyOf } from './factory';
@Entity() export class Car { @PrimaryGeneratedColumn() id!: number }