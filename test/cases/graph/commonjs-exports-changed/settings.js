module.exports = { first: 'one' };
module.exports.second = 'two';
