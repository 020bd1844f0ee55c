import { Entity, PrimaryGeneratedColumn, Tree, TreeChildren, TreeParent } from 'typeorm';

@Entity()
@Tree('closure-table')
export class Category {
  @PrimaryGeneratedColumn()
  id: number;

  @TreeParent({ onDelete: 'CASCADE' })
  parent: Category | null;

  @TreeChildren()
  children: Category[];
}
