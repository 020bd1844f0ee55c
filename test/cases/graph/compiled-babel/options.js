"use strict";

Object.defineProperty(exports, "__esModule", {
  value: true
});
exports.words = exports.short = exports.counted = exports.Trimmed = exports.Genre = void 0;
let Genre = exports.Genre = /*#__PURE__*/function (Genre) {
  Genre["Novel"] = "novel";
  Genre["Poem"] = "poem";
  return Genre;
}({});
const short = exports.short = {
  length: 20
};
class Trimmed {
  constructor(length) {
    this.length = length;
  }
  options() {
    return {
      length: this.length,
      nullable: true
    };
  }
}
exports.Trimmed = Trimmed;
const words = exports.words = ['title', ...['genre']];

/** A function that is wrapped as classes are. */
const counted = exports.counted = function () {
  let count = 0;
  function counted() {
    return {
      length: ++count
    };
  }
  return counted;
}();
