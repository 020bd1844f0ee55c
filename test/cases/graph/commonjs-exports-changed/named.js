function named(text) {
  return named.prefix + text;
}

module.exports = named;
module.exports.prefix = 'n_';
module.exports.optional = { nullable: true };
