/** What an argument asks of the running process throws where that is not known; the column is there all the same. */
import { Column, CreateDateColumn, Entity, EntitySchema, ManyToOne, PrimaryColumn } from 'typeorm';

function dateType(): 'timestamp' {
  const [major] = process.versions.node.split('.').map(Number);
  if (!major || major < 1) throw new Error('what runs this is not known');
  return 'timestamp';
}

const Dated =
  (name: string): PropertyDecorator =>
  (target, property) =>
    Column({ type: dateType(), name, nullable: true })(target, property);

const textOf = (text: string): string => {
  try {
    if (text === '') throw new Error('empty');
    return text;
  } catch (error) {
    return (error as Error).message;
  }
};

@Entity()
export class Loan {
  @PrimaryColumn() id!: number;
  @CreateDateColumn({ type: dateType(), name: 'created_on' }) created!: Date;
  @Column({ type: dateType(), nullable: true }) due!: Date;
  @Dated('returned_on') returned!: Date;
  @Column({ name: textOf('') }) note!: string;
  @ManyToOne(() => Loan, { nullable: dateType() === 'timestamp' }) before!: Loan;
}

export const Reader = new EntitySchema({
  name: 'Reader',
  columns: { id: { type: 'int', primary: true }, since: { type: dateType(), name: 'since_when' } },
});
