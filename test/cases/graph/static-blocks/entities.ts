import { Column, Entity, PrimaryColumn } from 'typeorm';

class Names {
  static table: string;
  static columns: Record<string, string> = {};
  static readonly #prefix = 'n_';
  static {
    this.table = 'named';
    for (const column of ['first', 'last']) Names.columns[column] = `${this.#prefix}${column}`;
  }
}

@Entity(Names.table)
export class Named {
  @PrimaryColumn() id!: number;
  @Column({ name: Names.columns.first }) first!: string;
  @Column({ name: Names.columns['last'] }) last!: string;
  /** A column that only the static block registers. */
  note!: string;
  static {
    Column({ type: 'varchar', name: 'static_note' })(Named.prototype, 'note');
  }
}

function namesOf(prefix: string) {
  return class {
    static all: string[] = [];
    static first: string | undefined;
    static {
      this.all.push(`${prefix}_a`, `${prefix}_b`);
      this.first = this.all[0];
    }
  };
}
const made = namesOf('made');

@Entity(made.first)
export class Made {
  @PrimaryColumn() id!: number;
  @Column({ name: made.all[1] }) second!: string;
}

/** A getter of a base class asks the class it is read from. */
abstract class Prefixed {
  static prefix = 'base_';
  static get table(): string {
    return this.prefix + this.name.toLowerCase();
  }
}
class Suffixed extends Prefixed {
  static override prefix = 'sub_';
  static full: string;
  static {
    this.full = `${this.table}_full`;
  }
}

@Entity(Suffixed.full)
export class Full {
  @PrimaryColumn() id!: number;
  @Column({ name: Prefixed.table }) of!: string;
}
