import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Hen {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Egg, { nullable: false })
  from: Egg;
}

@Entity()
export class Egg {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Hen, { nullable: false })
  laidBy: Hen;
}
