import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { Belongs, Has, nameOf, pathOf, short } from './names';

export class Place {
  @Column()
  city: string;
}

@Entity()
@Index([nameOf<Shop>((shop) => shop.label), pathOf<Shop>((shop) => shop.place.city)])
export class Shop {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(short)
  label: string;

  @Column(() => Place)
  place: Place;

  @Has(() => Visit, (visit) => visit.shop)
  visits: Visit[];
}

@Entity()
export class Visit {
  @PrimaryGeneratedColumn()
  id: number;

  @Belongs(() => Shop, (shop) => shop.visits)
  shop: Shop;
}
