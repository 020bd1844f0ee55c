import { Entity, PrimaryColumn } from 'typeorm';

@Entity()
export class Room {
  @PrimaryColumn() id!: number;
}
