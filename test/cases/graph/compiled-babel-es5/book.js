"use strict";

function _typeof(o) { "@babel/helpers - typeof"; return _typeof = "function" == typeof Symbol && "symbol" == typeof Symbol.iterator ? function (o) { return typeof o; } : function (o) { return o && "function" == typeof Symbol && o.constructor === Symbol && o !== Symbol.prototype ? "symbol" : typeof o; }, _typeof(o); }
Object.defineProperty(exports, "__esModule", {
  value: true
});
exports.Tag = exports.Book = exports.Author = void 0;
var _typeorm = require("typeorm");
var _base = require("./base");
var _dec, _dec2, _dec3, _dec4, _dec5, _dec6, _dec7, _dec8, _class, _class2, _descriptor, _descriptor2, _descriptor3, _Book, _dec9, _dec0, _dec1, _dec10, _dec11, _dec12, _dec13, _class3, _class4, _descriptor4, _descriptor5, _dec14, _class5;
function _initializerDefineProperty(e, i, r, l) { r && Object.defineProperty(e, i, { enumerable: r.enumerable, configurable: r.configurable, writable: r.writable, value: r.initializer ? r.initializer.call(l) : void 0 }); }
function _classCallCheck(a, n) { if (!(a instanceof n)) throw new TypeError("Cannot call a class as a function"); }
function _defineProperties(e, r) { for (var t = 0; t < r.length; t++) { var o = r[t]; o.enumerable = o.enumerable || !1, o.configurable = !0, "value" in o && (o.writable = !0), Object.defineProperty(e, _toPropertyKey(o.key), o); } }
function _createClass(e, r, t) { return r && _defineProperties(e.prototype, r), t && _defineProperties(e, t), Object.defineProperty(e, "prototype", { writable: !1 }), e; }
function _callSuper(t, o, e) { return o = _getPrototypeOf(o), _possibleConstructorReturn(t, _isNativeReflectConstruct() ? Reflect.construct(o, e || [], _getPrototypeOf(t).constructor) : o.apply(t, e)); }
function _possibleConstructorReturn(t, e) { if (e && ("object" == _typeof(e) || "function" == typeof e)) return e; if (void 0 !== e) throw new TypeError("Derived constructors may only return object or undefined"); return _assertThisInitialized(t); }
function _assertThisInitialized(e) { if (void 0 === e) throw new ReferenceError("this hasn't been initialised - super() hasn't been called"); return e; }
function _isNativeReflectConstruct() { try { var t = !Boolean.prototype.valueOf.call(Reflect.construct(Boolean, [], function () {})); } catch (t) {} return (_isNativeReflectConstruct = function _isNativeReflectConstruct() { return !!t; })(); }
function _getPrototypeOf(t) { return _getPrototypeOf = Object.setPrototypeOf ? Object.getPrototypeOf.bind() : function (t) { return t.__proto__ || Object.getPrototypeOf(t); }, _getPrototypeOf(t); }
function _inherits(t, e) { if ("function" != typeof e && null !== e) throw new TypeError("Super expression must either be null or a function"); t.prototype = Object.create(e && e.prototype, { constructor: { value: t, writable: !0, configurable: !0 } }), Object.defineProperty(t, "prototype", { writable: !1 }), e && _setPrototypeOf(t, e); }
function _setPrototypeOf(t, e) { return _setPrototypeOf = Object.setPrototypeOf ? Object.setPrototypeOf.bind() : function (t, e) { return t.__proto__ = e, t; }, _setPrototypeOf(t, e); }
function _applyDecoratedDescriptor(i, e, r, n, l) { var a = {}; return Object.keys(n).forEach(function (i) { a[i] = n[i]; }), a.enumerable = !!a.enumerable, a.configurable = !!a.configurable, ("value" in a || a.initializer) && (a.writable = !0), a = r.slice().reverse().reduce(function (r, n) { return n(i, e, r) || r; }, a), l && void 0 !== a.initializer && (a.value = a.initializer ? a.initializer.call(l) : void 0, a.initializer = void 0), void 0 === a.initializer ? (Object.defineProperty(i, e, a), null) : a; }
function _initializerWarningHelper(r, e) { throw Error("Decorating class property failed. Please ensure that transform-class-properties is enabled and runs after the decorators transform."); }
function ownKeys(e, r) { var t = Object.keys(e); if (Object.getOwnPropertySymbols) { var o = Object.getOwnPropertySymbols(e); r && (o = o.filter(function (r) { return Object.getOwnPropertyDescriptor(e, r).enumerable; })), t.push.apply(t, o); } return t; }
function _objectSpread(e) { for (var r = 1; r < arguments.length; r++) { var t = null != arguments[r] ? arguments[r] : {}; r % 2 ? ownKeys(Object(t), !0).forEach(function (r) { _defineProperty(e, r, t[r]); }) : Object.getOwnPropertyDescriptors ? Object.defineProperties(e, Object.getOwnPropertyDescriptors(t)) : ownKeys(Object(t)).forEach(function (r) { Object.defineProperty(e, r, Object.getOwnPropertyDescriptor(t, r)); }); } return e; }
function _defineProperty(e, r, t) { return (r = _toPropertyKey(r)) in e ? Object.defineProperty(e, r, { value: t, enumerable: !0, configurable: !0, writable: !0 }) : e[r] = t, e; }
function _toPropertyKey(t) { var i = _toPrimitive(t, "string"); return "symbol" == _typeof(i) ? i : i + ""; }
function _toPrimitive(t, e) { if ("object" != _typeof(t) || !t) return t; var r; if ("undefined" != typeof Symbol && void 0 !== (r = t[Symbol.toPrimitive])) { var i = r.call(t, e || "default"); if ("object" != _typeof(i)) return i; throw new TypeError("@@toPrimitive must return a primitive value."); } return ("string" === e ? String : Number)(t); }
var texts = {
  length: 200
};
var Book = exports.Book = (_dec = (0, _typeorm.Entity)('books'), _dec2 = (0, _typeorm.Column)(_objectSpread(_objectSpread({}, texts), {}, {
  nullable: true
})), _dec3 = Reflect.metadata("design:type", String), _dec4 = (0, _typeorm.ManyToOne)(function () {
  return Author;
}, function (author) {
  return author.books;
}, {
  onDelete: 'CASCADE'
}), _dec5 = Reflect.metadata("design:type", typeof Author === "undefined" ? Object : Author), _dec6 = (0, _typeorm.ManyToMany)(function () {
  return Tag;
}), _dec7 = (0, _typeorm.JoinTable)(), _dec8 = Reflect.metadata("design:type", Array), _dec(_class = (_class2 = (_Book = /*#__PURE__*/function (_withTimes) {
  function Book() {
    var _this;
    _classCallCheck(this, Book);
    for (var _len = arguments.length, args = new Array(_len), _key = 0; _key < _len; _key++) {
      args[_key] = arguments[_key];
    }
    _this = _callSuper(this, Book, [].concat(args));
    _initializerDefineProperty(_this, "title", _descriptor, _this);
    _initializerDefineProperty(_this, "author", _descriptor2, _this);
    _initializerDefineProperty(_this, "tags", _descriptor3, _this);
    return _this;
  }
  _inherits(Book, _withTimes);
  return _createClass(Book, [{
    key: "label",
    get: function get() {
      return this.title;
    }
  }, {
    key: "rename",
    value: function rename(title) {
      this.title = title;
    }
  }]);
}((0, _base.withTimes)('created', {
  nullable: true
})), _Book.shelf = 'A', _Book), _descriptor = _applyDecoratedDescriptor(_class2.prototype, "title", [_dec2, _dec3], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _descriptor2 = _applyDecoratedDescriptor(_class2.prototype, "author", [_dec4, _dec5], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _descriptor3 = _applyDecoratedDescriptor(_class2.prototype, "tags", [_dec6, _dec7, _dec8], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _class2)) || _class);
var Author = exports.Author = (_dec9 = (0, _typeorm.Entity)(), _dec0 = Reflect.metadata("design:type", Function), _dec1 = Reflect.metadata("design:paramtypes", [String]), _dec10 = (0, _typeorm.Column)({
  unique: true
}), _dec11 = Reflect.metadata("design:type", String), _dec12 = (0, _typeorm.OneToMany)(function () {
  return Book;
}, function (book) {
  return book.author;
}, {
  cascade: ['insert', 'update']
}), _dec13 = Reflect.metadata("design:type", Array), _dec9(_class3 = _dec0(_class3 = _dec1(_class3 = (_class4 = /*#__PURE__*/function (_Identified) {
  function Author(name) {
    var _this2;
    _classCallCheck(this, Author);
    _this2 = _callSuper(this, Author);
    _initializerDefineProperty(_this2, "name", _descriptor4, _this2);
    _initializerDefineProperty(_this2, "books", _descriptor5, _this2);
    if (name) _this2.name = name;
    return _this2;
  }
  _inherits(Author, _Identified);
  return _createClass(Author);
}(_base.Identified), _descriptor4 = _applyDecoratedDescriptor(_class4.prototype, "name", [_dec10, _dec11], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _descriptor5 = _applyDecoratedDescriptor(_class4.prototype, "books", [_dec12, _dec13], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _class4)) || _class3) || _class3) || _class3);
var Tag = exports.Tag = (_dec14 = (0, _typeorm.Entity)(), _dec14(_class5 = /*#__PURE__*/function (_withNote) {
  function Tag() {
    _classCallCheck(this, Tag);
    return _callSuper(this, Tag, arguments);
  }
  _inherits(Tag, _withNote);
  return _createClass(Tag);
}((0, _base.withNote)(40))) || _class5);
