import { describe, expect, it } from 'vitest';
import { memoryProject } from './memoryProject';

const log = `
  import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
  @Entity() export class AuditLog { @PrimaryGeneratedColumn() id: number; @Column() writtenBy: string; }`;

/** The table, the columns and what is told of options that are written so. */
function shown(source: string, more: Readonly<Record<string, string>> = {}): { readonly table: string; readonly told: readonly string[] } {
  const { project } = memoryProject({ 'src/log.ts': log, 'src/source.ts': `${imports}\n${source}`, ...more });
  const { entities, problems } = project.graph();
  const [entity] = entities;
  return {
    table: `${entity?.schema ? `${entity.schema}.` : ''}${entity?.table ?? ''} ${entity?.columns[1]?.column ?? ''}`,
    told: problems.map(({ code, message }) => `${code}: ${message}`),
  };
}

const imports = `
  import { DataSource, DefaultNamingStrategy } from 'typeorm'; import { SnakeNamingStrategy } from 'typeorm-naming-strategies';
  import { ConfigModule, ConfigService } from '@nestjs/config'; import { TypeOrmModule } from '@nestjs/typeorm';`;
const withOptions = (more: string): string => `export default new DataSource({ type: 'postgres', url: '', ${more} });`;

describe('options that the environment decides on are those of an environment without variables, and the others are told', () => {
  it.each([
    ['entityPrefix: process.env.P ? "a_" : "b_"', 'b_audit_log', ['shown is `b_`, as without `P`; it is `a_` where `P` is set.']],
    ['entityPrefix: process.env.P || "b_"', 'b_audit_log', ['shown is `b_`, as without `P`; it is `${P}` where `P` is set.']],
    ['entityPrefix: process.env.P', 'audit_log', ['shown is none, as without `P`; it is `${P}` where `P` is set.']],
    ['entityPrefix: `${process.env["P"] ?? "b"}_`', 'b_audit_log', ['shown is `b_`, as without `P`; it is `${P}_` where `P` is set.']],
    [
      'entityPrefix: process.env.NODE_ENV === "test" ? "t_" : ""',
      'audit_log',
      ['shown is none, as without `NODE_ENV`; it is `t_` where `NODE_ENV` is "test".'],
    ],
    [
      'entityPrefix: { dev: "d_", live: "l_" }[process.env.NODE_ENV || "dev"]',
      'd_audit_log',
      ['shown is `d_`, as without `NODE_ENV`; it is none where `NODE_ENV` is set, `l_` where `NODE_ENV` is "live".'],
    ],
    ['...(process.env.P ? { entityPrefix: "a_" } : {})', 'audit_log', ['shown is none, as without `P`; it is `a_` where `P` is set.']],
    ['...(process.env.P && { entityPrefix: "a_" })', 'audit_log', ['shown is none, as without `P`; it is `a_` where `P` is set.']],
    [
      'namingStrategy: process.env.P ? new SnakeNamingStrategy() : undefined',
      'audit_log',
      ['The `namingStrategy`', 'it is `SnakeNamingStrategy` where `P` is set.'],
    ],
    ['schema: process.env.SCHEMA ?? "public"', 'public.audit_log', ['The `schema`', 'it is `${SCHEMA}` where `SCHEMA` is set.']],
  ])('%s', (options, table, told) => {
    const result = shown(withOptions(options));
    expect(result.table).toBe(`${table} writtenBy`);
    expect(result.told).toHaveLength(1);
    for (const part of told) expect(result.told[0]).toContain(part);
  });

  it.each([
    'entityPrefix: process.env.P ? "a_" : "a_"',
    'entityPrefix: "a_", logging: process.env.P === "x", ...(process.env.P ? { ssl: true } : {})',
    'entityPrefix: "a_", entities: [process.env.P === "production" ? "dist/*.js" : "src/*.ts"]',
  ])('%s: nothing is told where both say the same', (options) => {
    expect(shown(withOptions(options))).toEqual({ table: 'a_audit_log writtenBy', told: [] });
  });

  it('by a statement, on the top level and in a function', () => {
    const options = `const options: any = { type: 'postgres', url: '' };`;
    const statement = `if (process.env.P) options.entityPrefix = 'a_'; else options.entityPrefix = 'b_';`;
    for (const source of [
      `${options} ${statement} export default new DataSource(options);`,
      `export function make() { ${options} ${statement} return new DataSource(options); }`,
      `export class Factory { createTypeOrmOptions() { ${options} ${statement} return options; } }`,
    ]) {
      const { table, told } = shown(source);
      expect(table).toBe('b_audit_log writtenBy');
      expect(told).toEqual([expect.stringContaining('shown is `b_`, as without `P`; it is `a_` where `P` is set.')]);
    }
  });

  it('by a statement that sets the naming strategy', () => {
    const { table, told } = shown(
      `const options: any = { type: 'postgres', url: '' }; if (process.env.P) options.namingStrategy = new SnakeNamingStrategy();`,
    );
    expect(table).toBe('audit_log writtenBy');
    expect(told).toEqual([expect.stringContaining('it is `SnakeNamingStrategy` where `P` is set.')]);
  });

  it.each([
    ['export default process.env.P ? A : B;'],
    ['export function make() { if (process.env.P) { return A; } return B; }'],
    ['export function make() { switch (process.env.KIND) { case "mysql": return A; default: return B; } }'],
    ['const isTest = process.env.NODE_ENV === "test"; export const options = () => { if (isTest) return A; else return B; };'],
  ])('whole objects of options: %s', (source) => {
    const literal = (prefix: string): string => `{ type: 'postgres', url: '', entityPrefix: '${prefix}' }`;
    const { table, told } = shown(source.replace('A', literal('a_')).replace('B', literal('b_')));
    expect(table).toBe('b_audit_log writtenBy');
    expect(told).toEqual([
      expect.stringMatching(/These options apply only where the environment says so \(`\w+`\): with them, `entityPrefix` is `a_`, not `b_`\./),
    ]);
  });

  it('whole objects that name tables alike are not told of', () => {
    const source = `export default process.env.P ? { type: 'sqlite', database: 'x', entityPrefix: 'b_' } : { type: 'postgres', url: '', entityPrefix: 'b_' };`;
    expect(shown(source)).toEqual({ table: 'b_audit_log writtenBy', told: [] });
  });

  it('a branch that is never taken is not told of', () => {
    const source = `const old = false; export default old ? { type: 'postgres', url: '', entityPrefix: 'a_' } : { type: 'postgres', url: '', entityPrefix: 'b_' };`;
    expect(shown(source)).toEqual({ table: 'b_audit_log writtenBy', told: [] });
  });

  it('through constants of other files and functions that ask for a variable', () => {
    const { table, told } = shown(`import { prefix, env } from './config'; ${withOptions('entityPrefix: prefix, schema: env("SCHEMA", "main")')}`, {
      'src/config.ts': `
        export const env = (name: string, fallback: string) => process.env[name] || fallback;
        const isTest = env('NODE_ENV', 'development') === 'test';
        export const prefix = isTest ? 't_' : 'x_';`,
    });
    expect(table).toBe('main.x_audit_log writtenBy');
    expect(told).toEqual([
      expect.stringContaining('it is `t_` where `NODE_ENV` is "test".'),
      expect.stringContaining('it is `${SCHEMA}` where `SCHEMA` is set.'),
    ]);
  });
});

describe('options of functions', () => {
  it('tell once what two objects have of one variable', () => {
    const { table, told } = shown(`export class Factory { make() {
      const { entityPrefix } = { host: 'h', entityPrefix: process.env.P || 'x_' };
      return { type: 'mysql', host: 'h', entityPrefix };
    } }`);
    expect(table).toBe('x_audit_log writtenBy');
    expect(told).toHaveLength(1);
  });

  it.each([
    ['a local constant', `export function make() { const prefix = 'x_'; return { entityPrefix: prefix, type: 'postgres', url: '' }; }`],
    [
      'a destructured object',
      `export class Factory { make() { const { host, entityPrefix } = { host: 'h', entityPrefix: 'x_' }; return { type: 'mysql', host, entityPrefix }; } }`,
    ],
    ['a parameter’s default', `export const make = (prefix = 'x_') => ({ type: 'postgres', url: '', entityPrefix: prefix });`],
    [
      'a property of the class',
      `export class Factory { private prefix = 'x_'; make() { return { type: 'postgres', url: '', entityPrefix: this.prefix }; } }`,
    ],
    [
      'an object of the module that is changed',
      `const base = { logging: true }; export function make() { const options = { ...base, type: 'postgres', url: '' }; options.entityPrefix = 'x_'; return options; }`,
    ],
    [
      'Nest’s registerAs',
      `export default registerAs('db', () => { const prefix = 'x' + '_'; return { type: 'postgres', url: '', entityPrefix: prefix }; });`,
    ],
  ])('%s', (_, source) => {
    expect(shown(source)).toEqual({ table: 'x_audit_log writtenBy', told: [] });
  });

  it.each([
    [
      'a factory',
      `TypeOrmModule.forRootAsync({ useFactory: (config: ConfigService) => ({ type: 'postgres', url: '', entityPrefix: config.get('DB_PREFIX', 'x_') }) });`,
    ],
    [
      'a class',
      `export class Factory { constructor(private readonly settings: ConfigService) {} make() { return { type: 'postgres', url: '', entityPrefix: this.settings.get<string>('DB_PREFIX', 'x_') }; } }`,
    ],
    ['a service of the file', `const config = new ConfigService(); ${withOptions("entityPrefix: config.get('DB_PREFIX') ?? 'x_'")}`],
  ])('that ask Nest’s ConfigService: %s', (_, source) => {
    const { table, told } = shown(source);
    expect(table).toBe('x_audit_log writtenBy');
    expect(told).toEqual([expect.stringContaining('shown is `x_`, as without `DB_PREFIX`; it is `${DB_PREFIX}` where `DB_PREFIX` is set.')]);
  });

  it.each([
    ['a parameter', `export const make = (prefix: string) => ({ type: 'postgres', url: '', entityPrefix: prefix });`],
    [
      'a key of a file that Nest loads',
      `export const make = (config: ConfigService) => ({ type: 'postgres', url: '', entityPrefix: config.get('database.prefix') });`,
    ],
  ])('are told of where nobody knows them: %s', (_, source) => {
    expect(shown(source)).toEqual({
      table: 'audit_log writtenBy',
      told: [expect.stringMatching(/^unknown-value: The `entityPrefix` of these options is only known at run time/)],
    });
  });

  it('leave the module’s own constants as they are', () => {
    const { table } = shown(`
      const base = { type: 'postgres', url: '', entityPrefix: 'x_' };
      export function forTests() { const options = base; options.entityPrefix = 'test_'; options.name = 'n'; return options; }
      export default new DataSource(base);`);
    expect(table).toBe('x_audit_log writtenBy');
  });
});

it('what a statement changes only where a variable is set is what it was declared as', () => {
  const { project } = memoryProject({
    'src/schema.ts': `
      import { EntitySchema } from 'typeorm';
      const columns: any = { id: { type: Number, primary: true } };
      if (process.env.AUDITED) columns.writtenBy = { type: String };
      export const Log = new EntitySchema({ name: 'Log', columns });`,
  });
  expect(project.graph()).toMatchObject({ entities: [{ columns: [{ column: 'id' }] }], problems: [] });
});
