import { applyDecorators } from '@nestjs/common';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

const UniqueText = (length: number) => applyDecorators(Column({ type: 'varchar', length }), Index({ unique: true }));

@Entity({ name: 'user' })
export class UserEntity {
  @PrimaryGeneratedColumn('uuid')
  readonly id!: string;

  @UniqueText(120)
  email!: string;
}
