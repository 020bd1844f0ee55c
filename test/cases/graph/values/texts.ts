import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('texts')
export class Texts {
  @PrimaryColumn() id!: number;
  @Column({ name: `one_${'first,second'.split(',', 1).join('+')}` }) one!: string;
  @Column({ name: `two_${Object.keys({ ...'ab' }).join('')}${Object.values({ ...'ab' }).join('')}` }) two!: string;
  @Column({ name: `three_${Array(3).fill('x').join('')}` }) three!: string;
}
