import { Entity, JoinTable, ManyToMany, PrimaryColumn } from 'typeorm';

@Entity()
export class Tag {
  @PrimaryColumn()
  name: string;
}

@Entity()
export class Book {
  @PrimaryColumn()
  isbn: string;

  @ManyToMany(() => Tag)
  @JoinTable({ inverseJoinColumn: { name: 'tag', referencedColumnName: 'id' } })
  tags: Tag[];
}
