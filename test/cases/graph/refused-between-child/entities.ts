import { ChildEntity, Column, Entity, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';

@Entity()
@TableInheritance({ column: { name: 'kind', type: 'varchar' } })
export class Content {
  @PrimaryGeneratedColumn()
  id: number;
}

/** No entity: the table does not learn of its column. */
export abstract class Written extends Content {
  @Column()
  text: string;
}

@ChildEntity()
export class Post extends Written {
  @Column()
  title: string;
}
