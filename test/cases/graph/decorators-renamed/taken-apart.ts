import * as orm from 'typeorm';

const { Entity: Stored, ...rest } = orm;
const { Column: Text } = rest;
const all = { ...orm };

@Stored({ name: 'taken_apart' })
export class TakenApart {
  @all.PrimaryColumn() id!: number;
  @Text() title!: string;
  @rest.ManyToOne(() => TakenApart) parent!: TakenApart;
}
