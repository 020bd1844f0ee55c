import { Column, Entity, PrimaryGeneratedColumn, Tree, TreeChildren, TreeLevelColumn, TreeParent } from 'typeorm';

abstract class Node {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;
}

@Entity()
@Tree('closure-table')
export class Category extends Node {
  @TreeParent({ onDelete: 'CASCADE' })
  parent: Category;

  @TreeChildren({ cascade: ['insert', 'remove'] })
  children: Category[];

  @TreeLevelColumn()
  level: number;
}

@Entity()
@Tree('materialized-path')
export class Folder extends Node {
  @TreeChildren()
  children: Promise<Folder[]>;

  @TreeParent()
  parent: Promise<Folder>;
}

@Entity()
@Tree('nested-set')
export class Region extends Node {
  @TreeParent()
  parent: Region;

  @TreeChildren()
  regions: Region[];
}

@Entity()
@Tree('adjacency-list')
export class Chapter extends Node {
  @TreeParent()
  above: Chapter;
}
