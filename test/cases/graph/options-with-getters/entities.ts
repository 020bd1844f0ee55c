import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

class TableOptions {
  constructor(private readonly base: string) {}
  get name(): string {
    return `${this.base}_table`;
  }
  get schema(): string {
    return 'kept';
  }
}

abstract class Required {
  get nullable(): boolean {
    return false;
  }
}
class Owned extends Required {
  eager = true;
  get onDelete(): 'CASCADE' {
    return 'CASCADE';
  }
}

class Noted {
  readonly nullable = true;
  get name(): string {
    return 'noted';
  }
}

class Copied {
  readonly comment = 'key';
  get name(): string {
    return 'not_copied';
  }
}

@Entity(new TableOptions('owner'))
export class Owner {
  /** What copies the options copies no getters. */
  @PrimaryColumn(new Copied()) id!: number;
  @Column(new Noted()) note!: string;
}

@Entity({
  get name() {
    return 'owned_table';
  },
})
export class Thing {
  @PrimaryColumn() id!: number;
  @ManyToOne(() => Owner, new Owned())
  @JoinColumn(
    new (class {
      get name(): string {
        return 'owned_by';
      }
    })(),
  )
  owner!: Owner;
  @Index({ unique: true }) @Column({ ...new Noted() }) code!: string;
}
