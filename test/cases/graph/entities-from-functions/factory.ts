import { Entity, PrimaryGeneratedColumn, Column, ManyToOne, EntitySchema, BaseEntity } from 'typeorm';
export function historyOf(name: string, target: () => any) {
  @Entity({ name: `${name}_history` })
  class History extends BaseEntity { @PrimaryGeneratedColumn() id!: number; @Column({ type: 'jsonb' }) before!: unknown; @ManyToOne(target, { onDelete: 'SET NULL' }) subject!: any }
  return History;
}
export const defineModel = (name: string, columns: any) => new EntitySchema<any>({ name, columns: { id: { type: 'uuid', primary: true, generated: 'uuid' }, ...columns } });
export class AuditedSchema extends EntitySchema<any> { constructor(private readonly o: any, extra = true) { super({ ...o, columns: { ...o.columns, ...(extra ? { at: { type: Date, createDate: true } } : {}) } }); } }