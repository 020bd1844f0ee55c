import { Entity, Index, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

export class NotAnEntity {}

@Entity()
@Index(['nothing'])
export class Pointer {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => NotAnEntity)
  to: NotAnEntity;

  @ManyToOne('Nobody')
  toNobody: unknown;
}
