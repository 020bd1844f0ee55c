import 'reflect-metadata';
import { Column, Entity, OneToMany, PrimaryColumn, getMetadataArgsStorage } from 'typeorm';
import { BigNumber, Code, Loosely, MadeAt } from './columns';

@Entity()
export class Crate {
  @PrimaryColumn()
  id!: number;

  @BigNumber({ name: 'weight_grams', nullable: true })
  weight!: number;

  @Code()
  code!: string;

  @MadeAt()
  made!: Date;

  size!: string;

  @OneToMany(() => Parcel, (parcel) => parcel.crate)
  parcels!: Parcel[];
}

@Entity()
export class Parcel {
  @PrimaryColumn()
  id!: number;

  @Loosely(() => Crate, 'parcels', { onDelete: 'CASCADE' })
  crate!: Crate;

  @Loosely(() => Crate, '')
  spare!: Promise<Crate>;
}

/** Nobody has decorated this one. */
export class Pallet {
  id!: number;
  name!: string;
}

getMetadataArgsStorage().columns.push({ target: Crate, propertyName: 'size', mode: 'regular', options: { type: 'varchar', name: 'size_text' } });
Reflect.decorate([PrimaryColumn({ type: 'int' })], Pallet.prototype, 'id');
Reflect.decorate([Column({ type: 'varchar', name: 'pallet_name' })], Pallet.prototype, 'name');
Reflect.decorate([Entity('pallets')], Pallet);
