import { Entity, PrimaryGeneratedColumn, Column } from 'typeorm';
import { BaseOf, WithSoft, WithTenant, compose } from './base';
@Entity() export class User { @PrimaryGeneratedColumn() id!: number; }
@Entity() export class Doc extends WithTenant(WithSoft(BaseOf<User>(() => User, { name: 'lbl', nullable: true })), 'ten') { @Column() x!: string }
class Empty {}
@Entity() export class Comp extends compose(WithSoft, (b: any) => WithTenant(b, 'tt'))(Empty) { @PrimaryGeneratedColumn() id!: number }
