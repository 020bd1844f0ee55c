import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IntersectionType, OmitType, PartialType } from '@nestjs/mapped-types';

class Described {
  @PrimaryColumn()
  id!: number;

  @Column()
  description!: string;
}

/** Nest makes classes of their own kind of these: they have none of the columns. */
@Entity()
export class Draft extends PartialType(Described) {
  @PrimaryColumn()
  key!: number;
}

@Entity()
export class Note extends IntersectionType(OmitType(Described, ['description'] as const), Described) {
  @PrimaryColumn()
  key!: number;

  @Column()
  text!: string;
}
