const { EntitySchema } = require('typeorm');
const Base = require('./base');
const { columns, flags } = require('./base');
const named = require('./named');
const { optional } = named;
const { first, second } = require('./settings');
const shared = require('./shared');

const flagColumns = {};
for (const flag of flags) flagColumns[flag] = { type: 'bool', ...optional };

exports.Copy = new EntitySchema({
  name: 'Copy',
  tableName: Base.table('copy'),
  columns: { ...Base.columns, ...flagColumns, kind: { type: 'varchar', name: [...shared.kinds].join('_') } },
});

exports.Shelf = new EntitySchema({
  name: 'Shelf',
  tableName: named('shelf'),
  columns: {
    ...columns,
    first: { type: 'int', name: first },
    second: { type: 'int', name: second },
    third: { type: 'int', name: shared.withThird('is') },
    fourth: { type: 'int', name: shared.fourth },
    inner: { type: 'int', name: `${shared.names.inner}_${shared['by-key']}` },
  },
});

module.exports.Wall = new EntitySchema({ name: 'Wall', columns: { ...exports.Shelf.options.columns, width: { type: 'int' } } });
