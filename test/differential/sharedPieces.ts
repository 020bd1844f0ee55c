/** What random entities import from another file: constants, functions that return options, decorators of their own, mixins, generic bases. */
export const sharedPieces = `import { Column, CreateDateColumn, ManyToOne, PrimaryGeneratedColumn, UpdateDateColumn, Index } from 'typeorm';

export enum Names { Title = 'the_title', Ref = 'ref_no' }
export const wide = { length: 200, nullable: true } as const;
export const stampPieces = { made: { type: 'timestamp', createDate: true }, changed: { type: Date, name: 'changed_at', updateDate: true } } as const;
export const keyPiece = { type: Number, primary: true, generated: 'increment' } as const;
export const lookup = { short: { name: Names.Ref }, long: { ...wide, name: 'long_one' } };
export const named = (name: string, nullable = false) => ({ type: 'varchar' as const, name: \`n_\${name}\`, nullable });
export function pieces({ unique = false, ...rest }: Record<string, unknown> = {}) {
  if (unique) return { ...rest, unique };
  return { ...rest, nullable: rest['nullable'] ?? true };
}

export function Text(options: Record<string, unknown> = {}): PropertyDecorator {
  return Column({ type: 'varchar', ...options });
}
export const Slug = (): PropertyDecorator => (target, key) => {
  Index({ unique: true })(target, key);
  Column('varchar', { name: \`slug_\${String(key)}\` })(target, key as string);
};
export function To(target: () => any, inverse?: string): PropertyDecorator {
  return inverse === undefined ? ManyToOne(target, { nullable: false }) : ManyToOne(target, inverse);
}

type Class = abstract new (...args: any[]) => object;
export function Stamped<T extends Class>(Base: T, name?: string) {
  abstract class Stamps extends Base {
    @CreateDateColumn({ name }) stampedAt!: Date;
    @UpdateDateColumn() restampedAt!: Date;
  }
  return Stamps;
}
export function Keyed(strategy: 'uuid' | 'increment') {
  abstract class Key {
    @PrimaryGeneratedColumn(strategy as 'uuid') keyed!: string;
  }
  return Key;
}
export abstract class Valued<T> {
  @Column('varchar') worth!: T;
}
`;
