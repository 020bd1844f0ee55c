const { EntitySchema } = require('typeorm');
const { columns } = require('./shared');

module.exports = {
  PostSchema: new EntitySchema({
    name: 'BlogPost',
    columns: { ...columns, title: { type: 'varchar' } },
    relations: { tags: { type: 'many-to-many', target: 'Tag', joinTable: { name: 'post_tags', joinColumn: { name: 'post' } } } },
  }),
};
