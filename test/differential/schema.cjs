// Prints the tables that TypeORM makes of a folder of entity files on SQLite: columns, keys and foreign keys.
// Usage: node schema.cjs PACKAGE FOLDER
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { installTypescript } = require('./installTypescript.cjs');

const [packageName, folder] = process.argv.slice(2);
const ormFolder = path.dirname(require.resolve(packageName));
installTypescript(ormFolder);

main().then(
  (tables) => process.stdout.write(JSON.stringify(tables)),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);

async function main() {
  const { DataSource } = require(path.join(ormFolder, 'index.js'));
  const files = fs.readdirSync(folder).map((file) => path.join(folder, file));
  const entities = files.flatMap((file) => Object.values(require(file))).filter((value) => typeof value === 'function');
  const dataSource = await new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities }).initialize();
  const tables = {};
  for (const { name } of await dataSource.query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")) {
    const columns = await dataSource.query(`PRAGMA table_info("${name}")`);
    const foreignKeys = await dataSource.query(`PRAGMA foreign_key_list("${name}")`);
    tables[name] = {
      columns: columns.map(({ name: column, type, notnull, pk }) => ({ column, type, notnull, pk })),
      foreignKeys: foreignKeys.map(({ table, from, to, on_update, on_delete }) => ({ table, from, to, on_update, on_delete })),
    };
  }
  await dataSource.destroy();
  return tables;
}
