/** One thing is exported as a whole, and others with it. */
class Base {
  static table(name) {
    return `lib_${name}`;
  }
}

module.exports = Base;
module.exports.columns = { id: { type: 'int', primary: true, generated: true } };
module.exports.flags = ['lent'];
module.exports.flags.push('lost');
