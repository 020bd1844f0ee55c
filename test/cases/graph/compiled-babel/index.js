"use strict";

Object.defineProperty(exports, "__esModule", {
  value: true
});
var _exportNames = {
  AudioBook: true,
  Book: true,
  Shelf: true
};
Object.defineProperty(exports, "AudioBook", {
  enumerable: true,
  get: function () {
    return _book.AudioBook;
  }
});
Object.defineProperty(exports, "Book", {
  enumerable: true,
  get: function () {
    return _book.Book;
  }
});
Object.defineProperty(exports, "Shelf", {
  enumerable: true,
  get: function () {
    return _book.Shelf;
  }
});
var _author = require("./author");
Object.keys(_author).forEach(function (key) {
  if (key === "default" || key === "__esModule") return;
  if (Object.prototype.hasOwnProperty.call(_exportNames, key)) return;
  if (key in exports && exports[key] === _author[key]) return;
  Object.defineProperty(exports, key, {
    enumerable: true,
    get: function () {
      return _author[key];
    }
  });
});
var _book = require("./book");
