// Deletes rows with a real TypeORM on SQLite, foreign keys on, and prints what became of the others. Every table gets a row that is linked
// to the one that goes (and, for self-relations, one below it), and a row of another family that must survive all.
// Usage: node deletions.cjs PACKAGE CASES.json, with cases [{ name, file, root, relations }].
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { installTypescript } = require('./installTypescript.cjs');

const [packageName, casesFile] = process.argv.slice(2);
const ormFolder = path.dirname(require.resolve(packageName));
const ways = ['remove', 'softRemove', 'delete', 'softDelete'];
installTypescript(ormFolder);

main().then(
  (results) => process.stdout.write(JSON.stringify(results)),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);

async function main() {
  const results = {};
  for (const { name, file, root, relations } of JSON.parse(fs.readFileSync(casesFile, 'utf8'))) {
    // Decorators register globally: each case starts with an empty storage and unloaded modules.
    delete globalThis.typeormMetadataArgsStorage;
    delete require.cache[file];
    const { DataSource } = require(path.join(ormFolder, 'index.js'));
    const classes = Object.values(require(file)).filter((value) => typeof value === 'function');
    results[name] = {};
    for (const way of ways) {
      for (const loaded of ['all', 'eager']) {
        const dataSource = await new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: classes }).initialize();
        results[name][`${way} ${loaded}`] = await deleteOne(dataSource, { root, way, relations: loaded === 'all' ? relations : {} });
        await dataSource.destroy();
      }
    }
  }
  return results;
}

async function deleteOne(dataSource, { root, way, relations }) {
  await fill(dataSource);
  const before = await readAll(dataSource);
  const repository = dataSource.getRepository(root);
  let error = null;
  try {
    const key = { id: 1 };
    if (way === 'delete' || way === 'softDelete') await repository[way](key);
    else await repository[way](await repository.findOneOrFail({ where: key, relations }));
  } catch (caught) {
    if (!['QueryFailedError', 'MissingDeleteDateColumnError'].includes(caught.name)) throw caught;
    error = `${caught.name}: ${caught.message}`;
  }
  return { error, ...difference(before, await readAll(dataSource)) };
}

/** Row 1 hangs together with every other row 1, row 2 with every other row 2; a table that points at itself has a row 3 below row 1. */
async function fill(dataSource) {
  await dataSource.query('PRAGMA foreign_keys = OFF');
  const tables = new Set();
  for (const metadata of dataSource.entityMetadatas) {
    if (metadata.tableType === 'entity-child' || metadata.tableType === 'view' || tables.has(metadata.tableName)) continue;
    tables.add(metadata.tableName);
    const isJunction = metadata.tableType === 'junction' || metadata.tableType === 'closure-junction';
    const self = metadata.foreignKeys.filter(({ referencedEntityMetadata }) => referencedEntityMetadata.tableName === metadata.tableName);
    const rows = isJunction ? junctionRows(metadata) : [1, 2, ...(self.length > 0 ? [3] : [])].map((number) => row(metadata, number, self));
    for (const values of rows) {
      const names = Object.keys(values);
      const sql = `INSERT INTO "${metadata.tableName}" (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map(() => '?').join()})`;
      await dataSource.query(sql, Object.values(values));
    }
  }
  await dataSource.query('PRAGMA foreign_keys = ON');
  const broken = await dataSource.query('PRAGMA foreign_key_check');
  if (broken.length > 0) throw new Error(`The rows do not hang together: ${JSON.stringify(broken)}`);
}

function row(metadata, number, self) {
  const values = {};
  const foreign = new Set(metadata.relations.flatMap(({ joinColumns }) => joinColumns.map(({ databaseName }) => databaseName)));
  for (const { columnNames } of metadata.foreignKeys) for (const name of columnNames) foreign.add(name);
  const own = new Set(self.flatMap(({ columnNames }) => columnNames));
  for (const column of metadata.columns) {
    const name = column.databaseName;
    if (column.isDeleteDate) values[name] = null;
    else if (own.has(name)) values[name] = number === 3 ? 1 : null;
    else if (foreign.has(name)) values[name] = number === 3 ? 1 : number;
    else if (column.isPrimary) values[name] = number;
    else if (column.isDiscriminator) values[name] = metadata.childEntityMetadatas[0]?.discriminatorValue ?? metadata.discriminatorValue;
    else values[name] = `${name} ${number}`;
  }
  return values;
}

/** Pairs of linked rows, and one of the first row's targets with another row, which must not lose it. */
function junctionRows(metadata) {
  const names = [...metadata.ownerColumns, ...metadata.inverseColumns].map(({ databaseName }) => databaseName);
  if (metadata.tableType === 'closure-junction')
    return [
      [1, 1],
      [2, 2],
      [3, 3],
      [1, 3],
    ].map((pair) =>
      zip(
        metadata.columns.filter(({ isPrimary }) => isPrimary).map(({ databaseName }) => databaseName),
        pair,
      ),
    );
  const isSelf = metadata.foreignKeys.every(
    ({ referencedEntityMetadata }) => referencedEntityMetadata === metadata.foreignKeys[0].referencedEntityMetadata,
  );
  return (
    isSelf
      ? [
          [1, 2],
          [2, 1],
        ]
      : [
          [1, 1],
          [2, 2],
        ]
  ).map((pair) => zip(names, pair));
}

function zip(names, values) {
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

async function readAll(dataSource) {
  const tables = {};
  for (const { tableName, tableType } of dataSource.entityMetadatas)
    if (tableType !== 'view') tables[tableName] = await dataSource.query(`SELECT rowid AS "#", * FROM "${tableName}"`);
  return tables;
}

/** Tables that lost rows, columns that changed, tables where a row was soft-removed. */
function difference(before, after) {
  const gone = [];
  const changed = new Set();
  for (const [table, rows] of Object.entries(before)) {
    const left = new Map(after[table].map((each) => [each['#'], each]));
    if (rows.some((each) => !left.has(each['#']))) gone.push(table);
    for (const each of rows)
      for (const [name, value] of Object.entries(left.get(each['#']) ?? each)) if (value !== each[name]) changed.add(`${table}.${name}`);
  }
  return { gone: gone.sort(), changed: [...changed].sort() };
}
