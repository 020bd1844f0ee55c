const { DataSource, EntitySchema } = require('typeorm');
const post = require('./schemas/post.json');

exports.dataSource = new DataSource({
  type: 'postgres',
  entities: [new EntitySchema(post), new EntitySchema(require('./schemas/category.json'))],
});
