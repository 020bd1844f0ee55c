import { Entity, OneToMany } from 'typeorm';
import * as D from './decorators';
import { Money, Ref, Id as PK } from './decorators';
@Entity() export class A { @PK() id!: string; @Money({ nullable: true, index: true }) price!: string; @D.Money() cost!: number; @D.Flag(false) off!: boolean; @D.Flag(true) on!: boolean;
 @D.When.a() wa!: string; @D.When['b']() wb!: Date;
 @OneToMany(() => B, b => b.a) bs!: B[] }
@Entity() export class B { @PK() id!: string; @Ref(() => A, 'the_a', (a: A) => a.bs, { nullable: false }) a!: A }
