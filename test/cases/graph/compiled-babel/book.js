"use strict";

Object.defineProperty(exports, "__esModule", {
  value: true
});
exports.Shelf = exports.Book = exports.AudioBook = void 0;
var _typeorm = require("typeorm");
var _author = require("./author");
var _base = require("./base");
var _options = require("./options");
var _dec, _dec2, _dec3, _dec4, _dec5, _dec6, _dec7, _dec8, _dec9, _dec0, _dec1, _dec10, _class, _class2, _descriptor, _descriptor2, _descriptor3, _descriptor4, _dec11, _dec12, _dec13, _class3, _class4, _descriptor5, _dec14, _dec15, _dec16, _dec17, _dec18, _dec19, _dec20, _dec21, _dec22, _dec23, _class5, _class6, _descriptor6, _descriptor7, _descriptor8, _descriptor9;
function _initializerDefineProperty(e, i, r, l) { r && Object.defineProperty(e, i, { enumerable: r.enumerable, configurable: r.configurable, writable: r.writable, value: r.initializer ? r.initializer.call(l) : void 0 }); }
function _applyDecoratedDescriptor(i, e, r, n, l) { var a = {}; return Object.keys(n).forEach(function (i) { a[i] = n[i]; }), a.enumerable = !!a.enumerable, a.configurable = !!a.configurable, ("value" in a || a.initializer) && (a.writable = !0), a = r.slice().reverse().reduce(function (r, n) { return n(i, e, r) || r; }, a), l && void 0 !== a.initializer && (a.value = a.initializer ? a.initializer.call(l) : void 0, a.initializer = void 0), void 0 === a.initializer ? (Object.defineProperty(i, e, a), null) : a; }
function _initializerWarningHelper(r, e) { throw Error("Decorating class property failed. Please ensure that transform-class-properties is enabled and runs after the decorators transform."); }
let Book = exports.Book = (_dec = (0, _typeorm.Entity)(), _dec2 = (0, _typeorm.Index)([..._options.words], {
  unique: true
}), _dec3 = (0, _typeorm.TableInheritance)({
  column: {
    name: 'kind',
    type: 'varchar'
  }
}), _dec4 = (0, _typeorm.Column)({
  ..._options.short,
  nullable: true
}), _dec5 = Reflect.metadata("design:type", String), _dec6 = (0, _typeorm.Column)({
  type: 'enum',
  enum: _options.Genre,
  default: _options.Genre.Novel
}), _dec7 = Reflect.metadata("design:type", typeof _options.Genre === "undefined" ? Object : _options.Genre), _dec8 = (0, _typeorm.ManyToOne)(() => _author.Author, author => author.books, {
  onDelete: 'CASCADE'
}), _dec9 = (0, _typeorm.JoinColumn)({
  name: `author_${_base.Base.key}`
}), _dec0 = Reflect.metadata("design:type", typeof _author.Author === "undefined" ? Object : _author.Author), _dec1 = (0, _typeorm.ManyToOne)(() => Book), _dec10 = Reflect.metadata("design:type", Object), _dec(_class = _dec2(_class = _dec3(_class = (_class2 = class Book extends _base.Base {
  constructor(...args) {
    super(...args);
    _initializerDefineProperty(this, "title", _descriptor, this);
    _initializerDefineProperty(this, "genre", _descriptor2, this);
    _initializerDefineProperty(this, "author", _descriptor3, this);
    _initializerDefineProperty(this, "sequelOf", _descriptor4, this);
  }
  static named(title) {
    const book = new Book();
    book.title = title;
    return book;
  }
}, _descriptor = _applyDecoratedDescriptor(_class2.prototype, "title", [_dec4, _dec5], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _descriptor2 = _applyDecoratedDescriptor(_class2.prototype, "genre", [_dec6, _dec7], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _descriptor3 = _applyDecoratedDescriptor(_class2.prototype, "author", [_dec8, _dec9, _dec0], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _descriptor4 = _applyDecoratedDescriptor(_class2.prototype, "sequelOf", [_dec1, _dec10], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _class2)) || _class) || _class) || _class);
let AudioBook = exports.AudioBook = (_dec11 = (0, _typeorm.ChildEntity)('audio'), _dec12 = (0, _typeorm.Column)(new _options.Trimmed(4).options()), _dec13 = Reflect.metadata("design:type", String), _dec11(_class3 = (_class4 = class AudioBook extends Book {
  constructor(...args) {
    super(...args);
    _initializerDefineProperty(this, "narrator", _descriptor5, this);
  }
}, _descriptor5 = _applyDecoratedDescriptor(_class4.prototype, "narrator", [_dec12, _dec13], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _class4)) || _class3);
let Shelf = exports.Shelf = (_dec14 = (0, _typeorm.Entity)(), _dec15 = (0, _typeorm.Tree)('closure-table'), _dec16 = (0, _typeorm.Column)(), _dec17 = Reflect.metadata("design:type", String), _dec18 = (0, _typeorm.Column)({
  ...(0, _options.counted)(),
  type: 'varchar'
}), _dec19 = Reflect.metadata("design:type", String), _dec20 = (0, _typeorm.TreeChildren)(), _dec21 = Reflect.metadata("design:type", Array), _dec22 = (0, _typeorm.TreeParent)(), _dec23 = Reflect.metadata("design:type", Object), _dec14(_class5 = _dec15(_class5 = (_class6 = class Shelf extends _base.Base {
  constructor(...args) {
    super(...args);
    _initializerDefineProperty(this, "label", _descriptor6, this);
    _initializerDefineProperty(this, "note", _descriptor7, this);
    _initializerDefineProperty(this, "parts", _descriptor8, this);
    _initializerDefineProperty(this, "within", _descriptor9, this);
  }
}, _descriptor6 = _applyDecoratedDescriptor(_class6.prototype, "label", [_dec16, _dec17], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _descriptor7 = _applyDecoratedDescriptor(_class6.prototype, "note", [_dec18, _dec19], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _descriptor8 = _applyDecoratedDescriptor(_class6.prototype, "parts", [_dec20, _dec21], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _descriptor9 = _applyDecoratedDescriptor(_class6.prototype, "within", [_dec22, _dec23], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _class6)) || _class5) || _class5);
