import { Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Category {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Category, (category) => category.children)
  parent: Category | null;

  @OneToMany(() => Category, (category) => category.parent)
  children: Category[];
}
