import { Column, PrimaryGeneratedColumn, CreateDateColumn, ManyToOne, type ColumnOptions } from 'typeorm';
export type Ctor<T = {}> = new (...args: any[]) => T;
export function BaseOf<T>(target: () => Ctor<T>, opts: Partial<ColumnOptions> = {}) {
  abstract class Base {
    @PrimaryGeneratedColumn('uuid') id!: string;
    @Column({ ...opts, name: opts.name ?? 'label_' }) label!: string;
    @ManyToOne(target, { nullable: false }) owner!: T;
  }
  return Base;
}
export const WithSoft = <B extends Ctor>(B: B) => {
  class Soft extends B { @Column({ nullable: true }) deletedBy?: string; @CreateDateColumn() created!: Date; }
  return Soft;
};
export const WithTenant = <B extends Ctor>(B: B, name = 'tenant_id') => {
  class Tenanted extends B { @Column({ name }) tenantId!: number; }
  return Tenanted;
};
export function compose(...fs: ((b: any) => any)[]) { return (b: any) => fs.reduce((acc, f) => f(acc), b); }