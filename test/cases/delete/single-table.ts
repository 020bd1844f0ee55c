import { ChildEntity, Entity, ManyToOne, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';

@Entity()
@TableInheritance({ column: { type: 'varchar', name: 'kind' } })
export class Content {
  @PrimaryGeneratedColumn()
  id: number;
}

@ChildEntity()
export class Photo extends Content {}

@Entity()
export class Comment {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Content, { onDelete: 'CASCADE' })
  content: Content;
}

@Entity()
export class Print {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Photo, { onDelete: 'SET NULL' })
  photo: Photo | null;
}
