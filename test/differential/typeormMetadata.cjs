// Asks a real TypeORM: loads the entities of each folder given, builds their metadata without any database, and prints one JSON object
// { folder: { entities, live } | { error } }: the form of docs/graph.md, and what the probe would tell of it. Usage: node typeormMetadata.cjs [--any-column-type] PACKAGE FOLDER…
'use strict';
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const ts = require('typescript');
require('reflect-metadata');

const acceptsObject = process.argv.includes('--any-column-type');
const [packageName, ...folders] = process.argv.slice(acceptsObject ? 3 : 2);
const ormFolder = path.dirname(require.resolve(packageName));
let aliases = [];
let strictNullChecks = true;
installLoader();
const { describeEntities } = require('../../src/probe/describeEntities.ts');

// TypeORM's validator reads lazy relations of an empty instance, which asks the database.
process.on('unhandledRejection', () => undefined);

const results = {};
main().then(
  () => process.stdout.write(JSON.stringify(results)),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);

async function main() {
  for (const folder of folders) results[folder] = await readFolder(folder);
}

async function readFolder(folder) {
  // Decorators register globally: each folder starts with an empty storage and unloaded modules.
  delete globalThis.typeormMetadataArgsStorage;
  for (const file of Object.keys(require.cache)) if (file.startsWith(folder + path.sep)) delete require.cache[file];
  aliases = readAliases(folder);
  strictNullChecks = compilerOptionsIn(folder).every((options) => options.strictNullChecks !== false);
  try {
    const loaded = sourcesIn(folder).map((file) => require(file));
    // What an app does before it initialises its DataSource.
    for (const { start } of loaded) if (typeof start === 'function') start();
    const metadata = await buildMetadata(loaded);
    return { entities: describe(metadata), live: describeEntities(metadata) };
  } catch (error) {
    return { error: String(error.message) };
  }
}

async function buildMetadata(loaded) {
  const orm = require(path.join(ormFolder, 'index.js'));
  const { ConnectionMetadataBuilder } = require(path.join(ormFolder, 'connection/ConnectionMetadataBuilder.js'));
  const { EntityMetadataValidator } = require(path.join(ormFolder, 'metadata-builder/EntityMetadataValidator.js'));
  const registered = new Set(orm.getMetadataArgsStorage().tables.map(({ target }) => target));
  const exported = loaded.flatMap((module) => exportedValues(module));
  const isSchema = (value) => value && value['@instanceof'] === Symbol.for('EntitySchema');
  const listed = exported.filter((value) => value instanceof orm.DataSource).flatMap(({ options }) => options.entities ?? []);
  const schemas = [...exported, ...listed].filter(isSchema);
  const classes = [...exported, ...listed].filter((value) => typeof value === 'function' && registered.has(value));
  const options = loaded.map((module) => module.options).find((value) => value && value.type) ?? {};
  const dataSource = new orm.DataSource({ type: 'postgres', host: 'localhost', ...options, entities: [] });
  acceptAnyDatabaseType(dataSource.driver);
  const metadata = await new ConnectionMetadataBuilder(dataSource).buildEntityMetadatas([...new Set([...classes, ...schemas])]);
  Object.assign(dataSource, { entityMetadatas: metadata, entityMetadatasMap: new Map(metadata.map((each) => [each.target, each])) });
  const validated = metadata.filter(({ tableType }) => tableType !== 'view');
  new EntityMetadataValidator().validateMany(validated, dataSource.driver);
  return metadata;
}

/** As TypeORM looks through the modules that a glob finds: into arrays and objects, to any depth (util/DirectoryExportedClassesLoader.ts). */
function exportedValues(module) {
  const seen = new Set();
  const valuesIn = (value) => {
    if (typeof value === 'function') return [value];
    if (typeof value !== 'object' || value === null || seen.has(value)) return [];
    seen.add(value);
    return value['@instanceof'] ? [value] : Object.values(value).flatMap(valuesIn);
  };
  return valuesIn(module);
}

// Whether PostgreSQL knows a type or its length says nothing about relations. `Object`, what TypeScript tells of many types, is known to no database.
function acceptAnyDatabaseType(driver) {
  const listOf = (accepts) =>
    new Proxy([], {
      get: (list, key) => (key === 'includes' ? accepts : key === 'indexOf' ? (value) => (accepts(value) ? 0 : -1) : Reflect.get(list, key)),
    });
  Object.defineProperty(driver, 'supportedDataTypes', { value: listOf((type) => acceptsObject || type !== Object) });
  for (const list of ['withLengthColumnTypes', 'withPrecisionColumnTypes', 'withScaleColumnTypes', 'spatialTypes']) {
    Object.defineProperty(driver, list, { value: listOf(() => true) });
  }
}

// ---- loading

function sourcesIn(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .filter((file) => /\.[jt]s$/.test(file) && !file.includes('node_modules'))
    .sort()
    .map((file) => path.join(folder, file));
}

function readAliases(folder) {
  const found = [];
  for (const { paths = {} } of compilerOptionsIn(folder)) {
    for (const [pattern, [target]] of Object.entries(paths)) found.push([pattern.replace(/\*$/, ''), path.join(folder, target.replace(/\*$/, ''))]);
  }
  for (const file of fs.readdirSync(folder, { recursive: true })) {
    if (path.basename(file) !== 'package.json' || file.includes('node_modules')) continue;
    const { name } = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
    found.push([name, path.join(folder, path.dirname(file), 'src')]);
  }
  return found;
}

function compilerOptionsIn(folder) {
  const files = ['tsconfig.json', 'tsconfig.base.json'].map((name) => path.join(folder, name)).filter((file) => fs.existsSync(file));
  return files.map((file) => ts.readConfigFile(file, (name) => fs.readFileSync(name, 'utf8')).config.compilerOptions ?? {});
}

function installLoader() {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, ...rest) {
    if (request === '@nestjs/common') return path.join(__dirname, 'nestCommon.cjs');
    if (request === '@nestjs/mapped-types') return path.join(__dirname, 'nestMappedTypes.cjs');
    if (request === 'typeorm') return path.join(ormFolder, 'index.js');
    if (request.startsWith('typeorm/')) return resolve.call(this, path.join(ormFolder, request.slice(8)), parent, ...rest);
    const alias = aliases.find(([prefix]) => request.startsWith(prefix));
    const target = alias ? alias[1] + (request === alias[0] ? '' : `/${request.slice(alias[0].length)}`) : request;
    const base = alias || request.startsWith('.') ? path.resolve(path.dirname(parent?.filename ?? '.'), target) : null;
    const candidates = base === null ? [] : [base, `${base}.ts`, base.replace(/\.js$/, '.ts'), `${base}.js`, `${base}/index.ts`];
    const found = candidates.find((file) => fs.existsSync(file) && fs.statSync(file).isFile());
    return found ?? resolve.call(this, request, parent, ...rest);
  };
  Module._extensions['.ts'] = (module, file) => {
    const compilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
      strictNullChecks,
      esModuleInterop: true,
    };
    module._compile(ts.transpileModule(fs.readFileSync(file, 'utf8'), { fileName: file, compilerOptions }).outputText, file);
  };
}

// ---- the contract's form

function describe(metadata) {
  const real = metadata.filter(({ tableType }) => tableType !== 'junction' && tableType !== 'closure-junction');
  const text = (value) => (value === undefined || value === null ? null : String(value));
  const byText = (left, right) => (left < right ? -1 : left > right ? 1 : 0);
  const parentOf = (entity) => {
    if (entity.tableType !== 'entity-child') return null;
    for (let base = Object.getPrototypeOf(entity.target); base; base = Object.getPrototypeOf(base)) {
      const found = real.find(({ target }) => target === base);
      if (found) return found.name;
    }
    return null;
  };
  const entities = real.map((entity) => ({
    name: entity.name,
    table: entity.tableName,
    schema: text(entity.schema),
    type: entity.tableType,
    parent: parentOf(entity),
    discriminatorValue: entity.inheritancePattern === 'STI' ? (entity.discriminatorValue ?? null) : null,
    tree: entity.treeType ?? null,
    columns: entity.columns
      .map((column) => ({
        property: column.propertyPath,
        column: column.databaseName,
        primary: column.isPrimary,
        generated: column.isGenerated ? column.generationStrategy : false,
        nullable: column.isNullable,
        relation: column.isVirtual && column.relationMetadata ? column.relationMetadata.propertyPath : null,
        kind: columnKind(column),
      }))
      .sort((left, right) => byText(left.property, right.property) || byText(left.column, right.column)),
    relations: entity.relations
      .map((relation) => ({
        property: relation.propertyPath,
        kind: relation.relationType,
        target: relation.inverseEntityMetadata.name,
        inverse: relation.inverseRelation?.propertyPath ?? null,
        owner: relation.isOwning,
        joinColumns:
          relation.isOwning && !relation.isManyToMany
            ? relation.joinColumns.map((column) => ({ column: column.databaseName, references: column.referencedColumn.databaseName }))
            : [],
        joinTable: relation.isManyToMany && relation.junctionEntityMetadata ? junctionOf(relation.junctionEntityMetadata) : null,
        cascade: ['insert', 'recover', 'remove', 'soft-remove', 'update'].filter((name) => relation[cascadeFlags[name]]),
        onDelete: text(relation.onDelete),
        onUpdate: text(relation.onUpdate),
        nullable: relation.isNullable,
        eager: relation.isEager,
        lazy: relation.isLazy,
        orphanedRowAction: relation.orphanedRowAction,
        tree: relation.isTreeParent ? 'parent' : relation.isTreeChildren ? 'children' : null,
        foreignKey: relation.createForeignKeyConstraints,
      }))
      .sort((left, right) => byText(left.property, right.property)),
    indices: entity.indices
      .map(({ columns, isUnique }) => ({ columns: paths(columns), unique: isUnique }))
      .sort((left, right) => byText(left.columns.join('\n'), right.columns.join('\n')) || left.unique - right.unique),
    uniques: entity.uniques.map(({ columns }) => paths(columns)).sort((left, right) => byText(left.join('\n'), right.join('\n'))),
  }));
  return entities.sort((left, right) => byText(left.name, right.name) || byText(left.table, right.table));
}

const cascadeFlags = {
  insert: 'isCascadeInsert',
  recover: 'isCascadeRecover',
  remove: 'isCascadeRemove',
  'soft-remove': 'isCascadeSoftRemove',
  update: 'isCascadeUpdate',
};

function junctionOf(junction) {
  const names = (columns) => columns.map(({ databaseName }) => databaseName);
  return { table: junction.tableName, joinColumns: names(junction.ownerColumns), inverseJoinColumns: names(junction.inverseColumns) };
}

function paths(columns) {
  return columns.map(({ propertyPath }) => propertyPath).sort();
}

function columnKind(column) {
  const kinds = {
    isDiscriminator: 'discriminator',
    isTreeLevel: 'tree-level',
    isMaterializedPath: 'tree-path',
    isNestedSetLeft: 'nested-left',
    isNestedSetRight: 'nested-right',
    isCreateDate: 'create-date',
    isUpdateDate: 'update-date',
    isDeleteDate: 'delete-date',
    isVersion: 'version',
    isObjectId: 'object-id',
    isVirtualProperty: 'virtual-property',
    isVirtual: 'virtual',
  };
  const flag = Object.keys(kinds).find((name) => column[name]);
  return flag ? kinds[flag] : 'regular';
}
