"use strict";

Object.defineProperty(exports, "__esModule", {
  value: true
});
exports.Author = void 0;
var _typeorm = require("typeorm");
var _base = require("./base");
var _book = require("./book");
var _dec, _dec2, _dec3, _dec4, _dec5, _dec6, _dec7, _class, _class2, _descriptor, _descriptor2, _descriptor3;
function _initializerDefineProperty(e, i, r, l) { r && Object.defineProperty(e, i, { enumerable: r.enumerable, configurable: r.configurable, writable: r.writable, value: r.initializer ? r.initializer.call(l) : void 0 }); }
function _applyDecoratedDescriptor(i, e, r, n, l) { var a = {}; return Object.keys(n).forEach(function (i) { a[i] = n[i]; }), a.enumerable = !!a.enumerable, a.configurable = !!a.configurable, ("value" in a || a.initializer) && (a.writable = !0), a = r.slice().reverse().reduce(function (r, n) { return n(i, e, r) || r; }, a), l && void 0 !== a.initializer && (a.value = a.initializer ? a.initializer.call(l) : void 0, a.initializer = void 0), void 0 === a.initializer ? (Object.defineProperty(i, e, a), null) : a; }
function _initializerWarningHelper(r, e) { throw Error("Decorating class property failed. Please ensure that transform-class-properties is enabled and runs after the decorators transform."); }
let Author = exports.Author = (_dec = (0, _typeorm.Entity)('authors'), _dec2 = (0, _typeorm.Column)({
  name: 'full_name',
  nullable: true
}), _dec3 = Reflect.metadata("design:type", String), _dec4 = (0, _typeorm.Column)('simple-array'), _dec5 = Reflect.metadata("design:type", Array), _dec6 = (0, _typeorm.OneToMany)(() => _book.Book, book => book.author), _dec7 = Reflect.metadata("design:type", typeof Promise === "undefined" ? Object : Promise), _dec(_class = (_class2 = class Author extends _base.Base {
  constructor(...args) {
    super(...args);
    _initializerDefineProperty(this, "name", _descriptor, this);
    _initializerDefineProperty(this, "aliases", _descriptor2, this);
    _initializerDefineProperty(this, "books", _descriptor3, this);
  }
  get initials() {
    return this.name.slice(0, 1);
  }
}, _descriptor = _applyDecoratedDescriptor(_class2.prototype, "name", [_dec2, _dec3], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _descriptor2 = _applyDecoratedDescriptor(_class2.prototype, "aliases", [_dec4, _dec5], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: function () {
    return [];
  }
}), _descriptor3 = _applyDecoratedDescriptor(_class2.prototype, "books", [_dec6, _dec7], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _class2)) || _class);
