import { applyDecorators } from '@nestjs/common';
import { Column, ColumnOptions, Index, JoinColumn, ManyToOne, PrimaryColumn, Generated, CreateDateColumn } from 'typeorm';
const isPg = process.env.DB !== 'sqlite';
export function Money(o: { precision?: number; nullable?: boolean; index?: boolean } = {}) {
  return applyDecorators(
    Column('decimal', { precision: o.precision ?? 12, ...(o.nullable && { nullable: true }) }),
    ...(o.index ? [Index()] : []),
  );
}
export const Ref = (target: any, name: string, inverse?: any, opts: any = {}) => applyDecorators(
  ManyToOne(target, inverse, { onDelete: 'CASCADE', ...opts }), JoinColumn({ name }), Index());
export function Id(): PropertyDecorator { return (t, k) => { PrimaryColumn('uuid')(t, k as string); Generated('uuid')(t, k); }; }
export const Flag = (def: boolean) => Column({ type: 'boolean', default: def, name: def ? undefined : 'flag_off' });
export const When: Record<'a' | 'b', () => PropertyDecorator> = { a: () => Column({ name: 'aa' }), b: () => CreateDateColumn({ name: 'bb' }) };