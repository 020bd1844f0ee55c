"use strict";

function _typeof(o) { "@babel/helpers - typeof"; return _typeof = "function" == typeof Symbol && "symbol" == typeof Symbol.iterator ? function (o) { return typeof o; } : function (o) { return o && "function" == typeof Symbol && o.constructor === Symbol && o !== Symbol.prototype ? "symbol" : typeof o; }, _typeof(o); }
Object.defineProperty(exports, "__esModule", {
  value: true
});
exports.Identified = void 0;
exports.withNote = withNote;
exports.withTimes = withTimes;
var _typeorm = require("typeorm");
var _dec, _dec2, _class, _descriptor;
function _callSuper(t, o, e) { return o = _getPrototypeOf(o), _possibleConstructorReturn(t, _isNativeReflectConstruct() ? Reflect.construct(o, e || [], _getPrototypeOf(t).constructor) : o.apply(t, e)); }
function _possibleConstructorReturn(t, e) { if (e && ("object" == _typeof(e) || "function" == typeof e)) return e; if (void 0 !== e) throw new TypeError("Derived constructors may only return object or undefined"); return _assertThisInitialized(t); }
function _assertThisInitialized(e) { if (void 0 === e) throw new ReferenceError("this hasn't been initialised - super() hasn't been called"); return e; }
function _isNativeReflectConstruct() { try { var t = !Boolean.prototype.valueOf.call(Reflect.construct(Boolean, [], function () {})); } catch (t) {} return (_isNativeReflectConstruct = function _isNativeReflectConstruct() { return !!t; })(); }
function _getPrototypeOf(t) { return _getPrototypeOf = Object.setPrototypeOf ? Object.getPrototypeOf.bind() : function (t) { return t.__proto__ || Object.getPrototypeOf(t); }, _getPrototypeOf(t); }
function _inherits(t, e) { if ("function" != typeof e && null !== e) throw new TypeError("Super expression must either be null or a function"); t.prototype = Object.create(e && e.prototype, { constructor: { value: t, writable: !0, configurable: !0 } }), Object.defineProperty(t, "prototype", { writable: !1 }), e && _setPrototypeOf(t, e); }
function _setPrototypeOf(t, e) { return _setPrototypeOf = Object.setPrototypeOf ? Object.setPrototypeOf.bind() : function (t, e) { return t.__proto__ = e, t; }, _setPrototypeOf(t, e); }
function ownKeys(e, r) { var t = Object.keys(e); if (Object.getOwnPropertySymbols) { var o = Object.getOwnPropertySymbols(e); r && (o = o.filter(function (r) { return Object.getOwnPropertyDescriptor(e, r).enumerable; })), t.push.apply(t, o); } return t; }
function _objectSpread(e) { for (var r = 1; r < arguments.length; r++) { var t = null != arguments[r] ? arguments[r] : {}; r % 2 ? ownKeys(Object(t), !0).forEach(function (r) { _defineProperty(e, r, t[r]); }) : Object.getOwnPropertyDescriptors ? Object.defineProperties(e, Object.getOwnPropertyDescriptors(t)) : ownKeys(Object(t)).forEach(function (r) { Object.defineProperty(e, r, Object.getOwnPropertyDescriptor(t, r)); }); } return e; }
function _defineProperty(e, r, t) { return (r = _toPropertyKey(r)) in e ? Object.defineProperty(e, r, { value: t, enumerable: !0, configurable: !0, writable: !0 }) : e[r] = t, e; }
function _initializerDefineProperty(e, i, r, l) { r && Object.defineProperty(e, i, { enumerable: r.enumerable, configurable: r.configurable, writable: r.writable, value: r.initializer ? r.initializer.call(l) : void 0 }); }
function _defineProperties(e, r) { for (var t = 0; t < r.length; t++) { var o = r[t]; o.enumerable = o.enumerable || !1, o.configurable = !0, "value" in o && (o.writable = !0), Object.defineProperty(e, _toPropertyKey(o.key), o); } }
function _createClass(e, r, t) { return r && _defineProperties(e.prototype, r), t && _defineProperties(e, t), Object.defineProperty(e, "prototype", { writable: !1 }), e; }
function _toPropertyKey(t) { var i = _toPrimitive(t, "string"); return "symbol" == _typeof(i) ? i : i + ""; }
function _toPrimitive(t, e) { if ("object" != _typeof(t) || !t) return t; var r; if ("undefined" != typeof Symbol && void 0 !== (r = t[Symbol.toPrimitive])) { var i = r.call(t, e || "default"); if ("object" != _typeof(i)) return i; throw new TypeError("@@toPrimitive must return a primitive value."); } return ("string" === e ? String : Number)(t); }
function _classCallCheck(a, n) { if (!(a instanceof n)) throw new TypeError("Cannot call a class as a function"); }
function _applyDecoratedDescriptor(i, e, r, n, l) { var a = {}; return Object.keys(n).forEach(function (i) { a[i] = n[i]; }), a.enumerable = !!a.enumerable, a.configurable = !!a.configurable, ("value" in a || a.initializer) && (a.writable = !0), a = r.slice().reverse().reduce(function (r, n) { return n(i, e, r) || r; }, a), l && void 0 !== a.initializer && (a.value = a.initializer ? a.initializer.call(l) : void 0, a.initializer = void 0), void 0 === a.initializer ? (Object.defineProperty(i, e, a), null) : a; }
function _initializerWarningHelper(r, e) { throw Error("Decorating class property failed. Please ensure that transform-class-properties is enabled and runs after the decorators transform."); }
var Identified = exports.Identified = (_dec = (0, _typeorm.PrimaryGeneratedColumn)(), _dec2 = Reflect.metadata("design:type", Number), _class = /*#__PURE__*/_createClass(function Identified() {
  _classCallCheck(this, Identified);
  _initializerDefineProperty(this, "id", _descriptor, this);
}), _descriptor = _applyDecoratedDescriptor(_class.prototype, "id", [_dec, _dec2], {
  configurable: true,
  enumerable: true,
  writable: true,
  initializer: null
}), _class);
/** A base class that a function makes. */
function withTimes(label) {
  var _dec3, _dec4, _class2, _descriptor2;
  var extra = arguments.length > 1 && arguments[1] !== undefined ? arguments[1] : {};
  var Timed = (_dec3 = (0, _typeorm.CreateDateColumn)(_objectSpread(_objectSpread({}, extra), {}, {
    name: label
  })), _dec4 = Reflect.metadata("design:type", typeof Date === "undefined" ? Object : Date), _class2 = /*#__PURE__*/function (_Identified2) {
    function Timed() {
      var _this;
      _classCallCheck(this, Timed);
      for (var _len = arguments.length, args = new Array(_len), _key = 0; _key < _len; _key++) {
        args[_key] = arguments[_key];
      }
      _this = _callSuper(this, Timed, [].concat(args));
      _initializerDefineProperty(_this, "createdAt", _descriptor2, _this);
      return _this;
    }
    _inherits(Timed, _Identified2);
    return _createClass(Timed);
  }(Identified), _descriptor2 = _applyDecoratedDescriptor(_class2.prototype, "createdAt", [_dec3, _dec4], {
    configurable: true,
    enumerable: true,
    writable: true,
    initializer: null
  }), _class2);
  return Timed;
}

/** One without a base of its own. */
function withNote(length) {
  var _dec5, _dec6, _dec7, _dec8, _class3, _descriptor3, _descriptor4;
  var Noted = (_dec5 = (0, _typeorm.PrimaryGeneratedColumn)('uuid'), _dec6 = Reflect.metadata("design:type", String), _dec7 = (0, _typeorm.Column)({
    length: length
  }), _dec8 = Reflect.metadata("design:type", String), _class3 = /*#__PURE__*/_createClass(function Noted() {
    _classCallCheck(this, Noted);
    _initializerDefineProperty(this, "id", _descriptor3, this);
    _initializerDefineProperty(this, "note", _descriptor4, this);
  }), _descriptor3 = _applyDecoratedDescriptor(_class3.prototype, "id", [_dec5, _dec6], {
    configurable: true,
    enumerable: true,
    writable: true,
    initializer: null
  }), _descriptor4 = _applyDecoratedDescriptor(_class3.prototype, "note", [_dec7, _dec8], {
    configurable: true,
    enumerable: true,
    writable: true,
    initializer: null
  }), _class3);
  return Noted;
}
