exports.fourth = 'four';
exports.names = {};
exports.names.inner = 'inner_name';
exports['by-key'] = 'keyed';
