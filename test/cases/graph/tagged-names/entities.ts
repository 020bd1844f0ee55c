import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A template's tag gets an array of texts, and the texts as they are written beside it. */
const lower = (texts: TemplateStringsArray, ...values: unknown[]): string =>
  texts.reduce((text, part, index) => text + part + String(values[index] ?? ''), '').toLowerCase();
const written = (texts: TemplateStringsArray, ...values: unknown[]): string => String.raw(texts, ...values);
const lengthOf = (texts: TemplateStringsArray): number => texts.length + texts.raw.length;

class Names {
  static #prefix = 'hidden';
  static get prefix(): string {
    return Names.#prefix;
  }
  static #join(name: string): string {
    return `${this.#prefix}_${name}`;
  }
  static of(name: string): string {
    return Names.#join(name);
  }
}

@Entity(lower`Tagged_${'Things'}`)
export class TaggedThing {
  @PrimaryColumn()
  id!: number;

  @Column({ name: written`raw_${1}` })
  raw!: string;

  @Column({ name: `count_${lengthOf`a${1}b`}` })
  count!: string;

  @Column({ name: Names.prefix })
  prefixed!: string;

  @Column({ name: Names.of('joined') })
  joined!: string;

  @Column({ name: `n_${parseInt('12px', 10)}_${Number.parseFloat('1.5')}_${Number('0x10')}_${String(42)}` })
  numbers!: string;

  @Column({ name: `t_${'abcdef'.substr(-3, 2)}_${'abc'.codePointAt(0)}_${'a-b'.search(/-/)}_${Number.isInteger(3)}_${isNaN(Number('x'))}` })
  texts!: string;
}

/** A class without a name has that of the property that holds it. */
const shelf = (name: string) => {
  const made = { [name]: class { id!: number; label!: string } }[name];
  if (!made) throw new Error(name);
  PrimaryColumn({ type: 'int' })(made.prototype, 'id');
  Column({ type: 'varchar', name: `${name.toLowerCase()}_label` })(made.prototype, 'label');
  Entity()(made);
  return made;
};

export const OpenShelf = shelf('OpenShelf');
export const ClosedShelf = shelf('ClosedShelf');
