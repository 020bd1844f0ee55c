import 'reflect-metadata';
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** A decorator that chooses by the property's type, which TypeScript writes down. */
const Field = (): PropertyDecorator => (target, key) => {
  const type = Reflect.getMetadata('design:type', target, key);
  const name = String(key);
  if (type === Number) Column('int', { name: `number_${name}` })(target, key);
  else if (type === Boolean) Column('boolean', { name: `is_${name}`, default: false })(target, key);
  else if (type === Date) Column('timestamp', { name: `${name}_at`, nullable: true })(target, key);
  else if (type === Array) Column('simple-array', { name: `${name}_list` })(target, key);
  else if (type === Object) Column('jsonb', { name: `${name}_json`, nullable: true })(target, key);
  else Column('varchar', { name: `text_${name}` })(target, key);
};

/** Another that needs not be told which entity it points to. */
const Reference = (): PropertyDecorator => (target, key) => {
  ManyToOne(() => Reflect.getMetadata('design:type', target, key) as Function)(target, key);
  JoinColumn({ name: `${String(key)}_ref` })(target, key);
};

@Entity()
export class Harbour {
  @PrimaryColumn()
  id!: number;
}

/** Each operator assigns what it comes to. */
let size = 10;
size -= 4;
size *= 4;
size |= 1;
size >>>= 1;
size &= 13;
const mask = ~size & 1;

@Entity(`ship_${size}_${mask}`)
export class Ship {
  @PrimaryColumn()
  id!: number;

  @Field()
  length!: number;

  @Field()
  name!: string;

  @Field()
  painted!: boolean;

  @Field()
  built!: Date;

  @Field()
  crew!: string[];

  @Field()
  papers!: { flag: string };

  @Field()
  owner!: string | number;

  @Column({ name: [1, [2, [3]]].flat(2).join('_') + ['a', 'b', 'a'].lastIndexOf('a') })
  flat!: string;

  @Column({ name: [...'x1y2'.matchAll(/\d/g)].map((match) => `n${match[0]}`).join('_') + [3, 1, 2].findLastIndex((each) => each > 1) })
  matched!: string;
}

@Entity()
export class Berth {
  @PrimaryColumn()
  id!: number;

  @Reference()
  harbour!: Harbour;
}
