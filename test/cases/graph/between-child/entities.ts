import { ChildEntity, Column, Entity, ManyToOne, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';

export class Size {
  @Column()
  width: number;
}

export abstract class Named {
  @Column()
  name: string;
}

@Entity()
@TableInheritance({ column: { name: 'kind', type: 'varchar' } })
export class Content extends Named {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Content)
  parent: Content;
}

/** No entity, but all that it declares is known to the table: by its base class, by the child below, or as an embedded value. */
export abstract class Written extends Content {
  @Column()
  name: string;

  @ManyToOne(() => Content)
  parent: Content;

  @Column()
  text: string;

  @Column(() => Size)
  size: Size;
}

@ChildEntity()
export class Post extends Written {
  @Column()
  text: string;
}

@ChildEntity()
export class Note extends Content {
  @Column()
  lines: number;
}

@ChildEntity()
export class Memo extends Note {}
