/** Options of a DataSource that take what names tables from a function: they are known by what else stands in them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { memoryProject } from './memoryProject';

/** The table of an entity beside an object that takes a prefix from a function. */
function tableBeside(property: string, use: string): string | undefined {
  const { project } = memoryProject({
    'package.json': '{ "dependencies": { "typeorm": "1.0.0" } }',
    'src/order.ts': `import { Entity, PrimaryGeneratedColumn } from 'typeorm'; @Entity() export class Order { @PrimaryGeneratedColumn() id: number; }`,
    'src/naming.ts': `export const naming = (type: string, shop: string) => ({ type, url: '', ['entity' + 'Prefix']: shop + '_' });`,
    'src/source.ts': `
      import { DataSource } from 'typeorm'; import { naming } from './naming';
      export interface Kind { type: string }
      const options = { ...naming('postgres', 'shop'), ${property} };
      ${use}`,
  });
  return project.graph().entities[0]?.table;
}

/** Properties of all interfaces of options that a line of TypeORM declares, for every driver. */
function optionsOf(line: string): string[] {
  const folder = path.join(__dirname, '../../../../node_modules', line);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(?!browser).*(?:Connection|DataSource)(?:Credentials)?Options\.d\.ts$/.test(file),
  );
  const members = files.flatMap((file) => {
    const { statements } = ts.createSourceFile(file, readFileSync(path.join(folder, file), 'utf8'), ts.ScriptTarget.Latest);
    return statements.filter(ts.isInterfaceDeclaration).flatMap(({ members }) => [...members]);
  });
  return [...new Set(members.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : [])))];
}

describe('options that take their naming from a function', () => {
  it.each(['typeorm', 'typeorm-0.3'])('are known beside every option of %s', (line) => {
    const others = optionsOf(line).filter((name) => !/^(?:type|namingStrategy|entityPrefix|entities|database|host|url|synchronize)$/.test(name));
    expect(others.length).toBeGreaterThan(100);
    expect(others.filter((name) => tableBeside(`${name}: undefined`, 'export default new DataSource(options);') !== 'shop_order')).toEqual([]);
  });

  it('are none beside what no options have', () => {
    expect(tableBeside('colour: 1', 'export const paint = (source: DataSource) => [source, options];')).toBe('order');
  });
});
