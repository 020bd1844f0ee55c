import { Entity, PrimaryGeneratedColumn, Column, ManyToOne, OneToMany } from 'typeorm';
@Entity() export class Owner { @PrimaryGeneratedColumn() id!: number; }
function translationOf<T>(name: string, parent: () => any) {
  @Entity(`${name}_translation`)
  class Translation {
    @PrimaryGeneratedColumn() id!: number;
    @Column({ length: 5 }) locale!: string;
    @ManyToOne(parent, { onDelete: 'CASCADE' }) base!: T;
  }
  Object.defineProperty(Translation, 'name', { value: name + 'Translation' });
  return Translation;
}
export const OwnerTranslation = translationOf<Owner>('Owner', () => Owner);
export class Named extends translationOf<Owner>('Named', () => Owner) {}
