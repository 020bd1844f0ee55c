const { Entity: Stored, PrimaryColumn: Key } = require('typeorm');

class Plain {}
Key({ type: 'int' })(Plain.prototype, 'id');
Stored('plain_table')(Plain);

module.exports = { Plain };
