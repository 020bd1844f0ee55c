// Loads entities with a real TypeORM on SQLite and prints the queries that it took, the columns that they selected and the rows that a join returned.
// Usage: node loads.cjs PACKAGE CASES.json, with { file, cases: [{ name, root, relations }] }.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { installTypescript } = require('./installTypescript.cjs');

const [packageName, casesFile] = process.argv.slice(2);
const ormFolder = path.dirname(require.resolve(packageName));
installTypescript(ormFolder);

main().then(
  (results) => process.stdout.write(JSON.stringify(results)),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);

async function main() {
  const { file, cases } = JSON.parse(fs.readFileSync(casesFile, 'utf8'));
  const { DataSource } = require(path.join(ormFolder, 'index.js'));
  const loaded = require(file);
  const queries = [];
  const logger = { logQuery: (sql) => queries.push(sql), logQueryError() {}, logQuerySlow() {}, logSchemaBuild() {}, logMigration() {}, log() {} };
  const options = { type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: Object.values(loaded), logger, logging: true };
  const dataSource = await new DataSource(options).initialize();
  await fill(dataSource, loaded);
  const results = {};
  for (const { name, root, relations } of cases) {
    const repository = dataSource.getRepository(root);
    const rows = await repository.createQueryBuilder('root').setFindOptions({ relations, relationLoadStrategy: 'join' }).getRawMany();
    results[name] = { rows: rows.length, entities: await repository.count() };
    for (const relationLoadStrategy of ['join', 'query']) {
      queries.length = 0;
      await repository.find({ relations, relationLoadStrategy });
      results[name][relationLoadStrategy] = { queries: queries.length, columns: queries[0].match(/ AS "/g).length };
    }
  }
  await dataSource.destroy();
  return results;
}

/** Two authors, each with three books of two tags, and four awards. */
async function fill(dataSource, { Author, Book, Award, Tag, Publisher, City, Portrait }) {
  const { manager } = dataSource;
  const city = await manager.save(City, {});
  const publisher = await manager.save(Publisher, { name: 'Press', city });
  const tags = await manager.save(Tag, [{}, {}]);
  for (const name of ['Ada', 'Bob']) {
    const author = await manager.save(Author, { name, address: { street: 'Main', city } });
    await manager.save(Portrait, { author });
    for (const title of ['One', 'Two', 'Three']) await manager.save(Book, { title, author, publisher, tags });
    await manager.save(Award, [{ author }, { author }, { author }, { author }]);
  }
}
