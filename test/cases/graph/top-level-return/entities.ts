import { Column, Entity, EntitySchema, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { tableOf } from './tables';

@Entity(tableOf('author'))
export class Author {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(nameColumn())
  name: string;

  @ManyToOne(() => Author)
  mentor: Author;
}

// @ts-ignore CommonJS runs a file as a function's body: nothing below this line happens, but functions are there from the start.
return;

function nameColumn() {
  return { name: 'full_name' };
}

export const Former = new EntitySchema({ name: 'former', tableName: 'author', columns: { id: { type: Number, primary: true } } });

@Entity()
export class Unreached {
  @PrimaryGeneratedColumn()
  id: number;
}
