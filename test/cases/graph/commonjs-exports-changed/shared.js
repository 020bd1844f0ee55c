Object.assign(exports, { third: 'three', withThird: (text) => `${text}_${exports.third}` }, require('./more'));
exports.kinds = new Set(['a']);
exports.kinds.add('b');
