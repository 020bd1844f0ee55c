import { Column, Entity, EntitySchema, PrimaryColumn, type ColumnOptions } from 'typeorm';

function counted(times: number): string {
  let text = '';
  let at = 0;
  do {
    text += at;
    at++;
  } while (at < times);
  return `counted_${text}`;
}

function withoutOdd(): string {
  let text = 'even';
  rows: for (let row = 0; row < 5; row++) {
    for (const column of [0, 1, 2]) {
      if (row % 2 === 1) continue rows;
      if (column === 2) continue;
      if (row === 4) break rows;
      text += `_${row}${column}`;
    }
  }
  search: {
    if (text.length > 3) break search;
    text = 'not reached';
  }
  return text;
}

abstract class Prefixed {
  static prefix = 'own';
  static table(name?: string): string {
    return `${this.prefix}_${name ?? this.name.toLowerCase()}`;
  }
}

class Warehouse extends Prefixed {
  static override prefix = 'warehouse';
  static readonly column = super.table('column');
  static override table(name?: string): string {
    return `${super.table(name)}s`;
  }
}

class Labelled implements ColumnOptions {
  readonly nullable = true;
  name: string;
  constructor(label: string) {
    this.name = label.toLowerCase();
  }
}

@Entity(Warehouse.table('shelf'))
export class Shelf {
  @PrimaryColumn()
  id!: number;

  @Column({ name: counted(3) })
  counted!: string;

  @Column({ name: withoutOdd() })
  even!: string;

  @Column({ name: Warehouse.column })
  prefixed!: string;

  @Column(new Labelled('Label'))
  label!: string;
}

function* columnNames(): Generator<string> {
  yield 'width';
  yield* ['height', 'depth'];
}

const columns: Record<string, { type: 'int'; primary?: boolean }> = { id: { type: 'int', primary: true } };
for (const name of columnNames()) columns[name] = { type: 'int' };
let extra = 0;
do columns[`extra${extra}`] = { type: 'int' };
while (++extra < 2);

export const Box = new EntitySchema({ name: 'Box', columns });
