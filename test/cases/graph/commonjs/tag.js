const typeorm = require('typeorm');

exports.Tag = new typeorm.EntitySchema({ name: 'Tag', columns: { ...require('./shared').columns, color: { type: String, nullable: true } } });
