/** Random `EntitySchema`s for a file of random entities: columns spread from shared pieces, relations by name, trees, inherited tables. */
import type { Dice } from './dice';

interface Schema {
  readonly name: string;
  readonly columns: string[];
  readonly keys: string[];
  readonly relations: string[];
}

/** Lines that declare one to four schemas; they only know each other, as TypeORM builds schemas and classes apart. */
export function randomSchemas(dice: Dice): string[] {
  const names = dice.shuffled(['Ledger', 'stockItem', 'URLAlias', 'night_shift', 'Ticket2']).slice(0, 1 + dice.int(4));
  const made: Schema[] = [];
  const lines: string[] = [];
  for (const name of names) {
    const schema: Schema = { name, columns: [], keys: [], relations: [] };
    const isChild = made.length > 0 && dice.chance(0.2);
    const options = [
      `name: '${name}'`,
      ...(dice.chance(0.4) ? [`tableName: '${name.toLowerCase()}_rows'`] : []),
      ...(dice.chance(0.15) ? [`schema: 'depot'`] : []),
      ...(isChild && dice.chance(0.3) ? [`synchronize: false`] : []),
      `columns: { ${columns(dice, schema).join(', ')} }`,
    ];
    made.push(schema);
    const related = relations(dice, schema, made);
    if (related.length > 0) options.push(`relations: { ${related.join(', ')} }`);
    options.push(...constraints(dice, schema));
    lines.push(`export const ${name}Schema = new EntitySchema<any>({ ${options.join(', ')} });`);
  }
  return [...lines, ''];
}

function columns(dice: Dice, schema: Schema): string[] {
  const key = dice.pick(['id', 'code', 'uid']);
  schema.keys.push(key);
  const list = [
    dice.pick([
      `${key}: { type: Number, primary: true, generated: true }`,
      `${key}: { type: 'uuid', primary: true, generated: 'uuid' }`,
      `${key}: { ...keyPiece }`,
      `${key}: keyPiece`,
      `${key}: { type: String, primary: true, name: '${key}_no' }`,
    ]),
  ];
  if (dice.chance(0.2)) {
    schema.keys.push('tenant');
    list.push(`tenant: { type: 'int', primary: true }`);
  }
  if (dice.chance(0.4)) {
    schema.columns.push('made', 'changed');
    list.unshift('...stampPieces');
  }
  for (let left = dice.int(4); left > 0; left--) {
    const property = `${dice.pick(['title', 'count_of', 'Ref', 'ownerId'])}${dice.next()}`;
    schema.columns.push(property);
    list.push(
      dice.pick([
        `${property}: { type: 'varchar' }`,
        `${property}: { type: 'varchar', nullable: true, unique: true }`,
        `${property}: { type: Number, name: '${property}_col', default: null }`,
        `['${property}']: { type: 'int', array: true }`,
        `${property}: { type: 'timestamp', deleteDate: true }`,
        `${property}: { type: 'int', version: true }`,
        `${property}: { ...wide, type: 'text' }`,
        `${property}: { type: 'int', virtualProperty: true, query: (alias: string) => alias }`,
      ]),
    );
  }
  return list;
}

function relations(dice: Dice, schema: Schema, made: readonly Schema[]): string[] {
  return Array.from({ length: dice.int(3) }, () => {
    const target = dice.pick(made);
    const property = `${dice.pick(['boss', 'parts', 'origin'])}${dice.next()}`;
    const type = dice.pick(['many-to-one', 'many-to-one', 'one-to-one', 'many-to-many', 'one-to-many']);
    const inverse = target.relations.length > 0 && dice.chance(0.6) ? dice.pick(target.relations) : type === 'one-to-many' ? 'nothing' : null;
    schema.relations.push(property);
    const options = [
      `type: '${type}'`,
      `target: ${dice.pick([`'${target.name}'`, `() => '${target.name}'`])}`,
      ...(inverse === null ? [] : [`inverseSide: ${dice.pick([`'${inverse}'`, `(x: any) => x.${inverse}`])}`]),
      ...joins(dice, type, property, target),
      ...dice.some([`nullable: ${dice.chance(0.5)}`, 'eager: false', 'cascade: true', `cascade: ['insert']`, `onDelete: 'CASCADE'`, 'lazy: true']),
    ];
    return `${property}: { ${options.join(', ')} }`;
  });
}

function joins(dice: Dice, type: string, property: string, target: Schema): string[] {
  const key = dice.pick(target.keys);
  if (type === 'many-to-many') {
    return dice.pick([
      [],
      ['joinTable: true'],
      [`joinTable: { name: 'links_${dice.next()}' }`],
      [`joinTable: { inverseJoinColumn: { name: 'far', referencedColumnName: '${key}' } }`],
    ]);
  }
  if (type === 'one-to-many') return [];
  return dice.pick([
    [],
    ['joinColumn: true'],
    [`joinColumn: { name: '${property}_fk' }`],
    [`joinColumn: [{ name: '${property}_ref', referencedColumnName: '${key}' }]`],
    [`joinColumn: { referencedColumnName: '${key}' }`],
  ]);
}

function constraints(dice: Dice, { columns: own, keys }: Schema): string[] {
  const list = dice.some([...own, ...keys]).map((each) => `'${each}'`);
  return dice.pick([
    [],
    [],
    [`indices: [{ columns: [${list.join(', ')}], unique: ${dice.chance(0.5)} }]`],
    [`indices: [{ name: 'sx_${dice.next()}', columns: (x: any) => [x.${own[0] ?? keys[0] ?? 'id'}] }]`],
    [`uniques: [{ columns: [${list.join(', ')}] }]`],
    [`checks: [{ expression: '1 = 1' }], exclusions: []`],
    [`orderBy: { ${keys[0] ?? 'id'}: 'ASC' }`],
  ]);
}
